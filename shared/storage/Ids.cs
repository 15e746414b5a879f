using System.Security.Cryptography;
using System.Text;

namespace Sigma.Storage;

/// <summary>Ids that follow from what they identify, so that work done twice names the same thing twice.</summary>
public static class Ids
{
    /// <summary>An id derived from the parts, in this order.</summary>
    public static Guid From(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>As stored in a binary(16) column, in the order it is written in.</summary>
    public static byte[] Bytes(this Guid id) => id.ToByteArray(bigEndian: true);

    /// <summary>From a binary(16) column.</summary>
    public static Guid ToGuid(this byte[] bytes) => new(bytes, bigEndian: true);

    /// <summary>A list of ids as literals, for <c>in (…)</c>.</summary>
    public static string Literals(this IEnumerable<Guid> ids) => string.Join(',', ids.Select(id => $"x'{id:N}'"));
}
