using System.Security.Cryptography;
using System.Text;

namespace Sigma.Storage;

/// <summary>Ids that follow from what they identify, so that work done twice names the same thing twice.</summary>
public static class Ids
{
    const int OnStack = 512;

    // A new one for each id takes longer than the hashing.
    [ThreadStatic]
    static IncrementalHash? _hashing;

    /// <summary>An id derived from the parts, in this order.</summary>
    public static Guid From(params ReadOnlySpan<string> parts)
    {
        var length = 0;
        foreach (var part in parts)
            length += Encoding.UTF8.GetMaxByteCount(part.Length) + 1;
        var text = length <= OnStack ? stackalloc byte[OnStack] : new byte[length];
        var end = 0;
        foreach (var part in parts)
        {
            end += Encoding.UTF8.GetBytes(part, text[end..]);
            text[end++] = 0;
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var hashing = _hashing ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hashing.AppendData(text[..end]);
        hashing.GetHashAndReset(hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>A list of ids as literals, for <c>in (…)</c>.</summary>
    public static string Literals(this IEnumerable<Guid> ids)
    {
        StringBuilder text = new();
        foreach (var id in ids)
            text.Append(text.Length == 0 ? "" : ",").AppendLiteral(id);
        return text.ToString();
    }

    /// <summary>An id as a literal.</summary>
    internal static StringBuilder AppendLiteral(this StringBuilder text, Guid id)
    {
        const int Digits = 32;
        Span<char> hex = stackalloc char[Digits];
        id.TryFormat(hex, out _, "N");
        return text.Append("x'").Append(hex).Append('\'');
    }
}
