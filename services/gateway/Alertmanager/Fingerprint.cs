using System.Buffers;
using System.Text;

namespace Sigma.Gateway.Alertmanager;

/// <summary>
/// An alert's identity, by its labels: the very number that Alertmanager makes of them and shows as <c>fingerprint</c>, so that an alert that comes
/// by both ways is one.
/// </summary>
internal static class Fingerprint
{
    // FNV-1a, with a byte that is in no text between what is hashed.
    const ulong Offset = 14695981039346656037, Prime = 1099511628211;
    const byte Separator = 255;
    const int OnStack = 512;

    /// <summary>Sixteen hexadecimal digits.</summary>
    /// <param name="labels">The labels, sorted by name (ordinal).</param>
    public static string Of(ReadOnlySpan<KeyValuePair<string, string>> labels)
    {
        var hash = Offset;
        foreach (var (name, value) in labels)
            hash = Add(Add(hash, name), value);
        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    static ulong Add(ulong hash, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        var bytes = most <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        foreach (var next in bytes[..Encoding.UTF8.GetBytes(text, bytes)])
            hash = (hash ^ next) * Prime;
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return (hash ^ Separator) * Prime;
    }
}
