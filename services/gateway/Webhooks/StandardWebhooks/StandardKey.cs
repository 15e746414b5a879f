using Org.BouncyCastle.Math.EC.Rfc8032;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.StandardWebhooks;

/// <summary>
/// What a signature of the Standard Webhooks specification is checked by: a shared secret, for HMAC with SHA-256 (<c>v1</c>), or the sender's public
/// key, for Ed25519 (<c>v1a</c>). Which of them says its own mark, so that a public key is never taken for a secret.
/// </summary>
internal sealed class StandardKey
{
    const int ShortestSecret = 24, LongestSecret = 64;
    const string SecretMark = "whsec_", PublicMark = "whpk_", Hmac = "v1,", Ed25519Signature = "v1a,";

    readonly byte[] _bytes;
    readonly bool _isPublic;

    StandardKey(byte[] bytes, bool isPublic) => (_bytes, _isPublic) = (bytes, isPublic);

    /// <summary>What the other kind of signature needs, for who has set the one kind and is sent the other.</summary>
    public string Other => _isPublic
        ? "it is not signed with Ed25519 (v1a), and a public key is set here"
        : "it is not signed by a shared secret (v1): for Ed25519 (v1a) set the sender's public key (whpk_)";

    /// <summary>The key in a setting; null when there is none of a length that is allowed.</summary>
    public static StandardKey? Parse(string setting)
    {
        var text = setting.Trim();
        var isPublic = text.StartsWith(PublicMark, StringComparison.Ordinal);
        if (isPublic)
            text = text[PublicMark.Length..];
        else if (text.StartsWith(SecretMark, StringComparison.Ordinal))
            text = text[SecretMark.Length..];
        var key = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, key, out var length))
            return null;
        key = key[..length];
        return isPublic
            ? length == Ed25519.PublicKeySize && Ed25519.ValidatePublicKeyFull(key, 0) ? new(key, isPublic: true) : null
            : length is >= ShortestSecret and <= LongestSecret ? new(key, isPublic: false) : null;
    }

    /// <summary>Whether a signature is of the kind that this key checks.</summary>
    public bool Checks(string signature) => signature.StartsWith(_isPublic ? Ed25519Signature : Hmac, StringComparison.Ordinal);

    /// <summary>Whether one of some signatures is of a text followed by the body.</summary>
    public bool Holds(IEnumerable<string> signatures, string before, ReadOnlySpan<byte> body)
    {
        if (_isPublic)
        {
            byte[] signed = [.. System.Text.Encoding.UTF8.GetBytes(before), .. body];
            return signatures.Any(signature => IsOfKey(signature[Ed25519Signature.Length..], signed));
        }
        var expected = SignedBody.Hmac(_bytes, before, body);
        return signatures.Any(signature => SignedBody.IsBase64(signature[Hmac.Length..], expected));
    }

    bool IsOfKey(string base64, byte[] signed)
    {
        var signature = new byte[Ed25519.SignatureSize];
        return Convert.TryFromBase64String(base64, signature, out var length) && length == signature.Length
            && Ed25519.Verify(signature, 0, _bytes, 0, signed, 0, signed.Length);
    }
}
