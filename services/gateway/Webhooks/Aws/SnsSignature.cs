using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>The signature of an SNS envelope: RSA over some of its fields, by a certificate that is fetched from Amazon.</summary>
internal static class SnsSignature
{
    static readonly string[] OfNotification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    static readonly string[] OfConfirmation = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    /// <summary>What is wrong with the signatures; null when all hold.</summary>
    public static async Task<string?> Fault(IReadOnlyList<SnsEnvelope> envelopes, AwsSettings settings, ISignatureCheck check, CancellationToken ct)
    {
        foreach (var envelope in envelopes)
            if (await Fault(envelope, settings, check, ct) is { } fault)
                return fault;
        return null;
    }

    static async Task<string?> Fault(SnsEnvelope envelope, AwsSettings settings, ISignatureCheck check, CancellationToken ct)
    {
        var json = envelope.Json;
        if (HashOf(json["SignatureVersion"].Text, settings) is not { } hash)
            return $"SignatureVersion {json["SignatureVersion"].Text ?? "is missing, and"} is not taken here";
        var signature = new byte[json["Signature"].Text?.Length ?? 0];
        if (signature.Length == 0 || !Convert.TryFromBase64String(json["Signature"].Text!, signature, out var length))
            return "Signature is missing, or is not base64";
        // A function's records spell it SigningCertUrl: found without case.
        if (SnsAddress.Certificate(json["SigningCertURL"].Text, settings) is not { } address)
            return "SigningCertURL is no certificate of Amazon's";
        var certificate = await check.Certificate(address, ct);
        using var key = certificate.GetRSAPublicKey();
        return key?.VerifyData(SignedText(envelope), signature.AsSpan(0, length), hash, RSASignaturePadding.Pkcs1) == true ? null
            : "the signature is not of this message";
    }

    static HashAlgorithmName? HashOf(string? version, AwsSettings settings) => version switch
    {
        "1" when !settings.NeedsSha256 => HashAlgorithmName.SHA1,
        "2" => HashAlgorithmName.SHA256,
        _ => null,
    };

    /// <summary>The text that is signed: names and values of those fields that are there, a line each, in the order of their bytes.</summary>
    public static byte[] SignedText(SnsEnvelope envelope)
    {
        StringBuilder text = new();
        foreach (var name in envelope.Type == SnsEnvelope.Notification ? OfNotification : OfConfirmation)
            if (envelope.Json[name] is { IsThere: true } field)
                text.Append(name).Append('\n').Append(field.Raw).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
