using System.Text;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>A field of a form in which some senders put their JSON. What the body is decides, not what its content type says.</summary>
internal static class FormField
{
    /// <summary>The field's bytes; null when the body is no form that has it.</summary>
    public static ReadOnlyMemory<byte>? Find(ReadOnlyMemory<byte> body, string name)
    {
        var bytes = body.Span;
        if (bytes.StartsWith("--"u8))
            return OfParts(body, name);
        if (bytes.StartsWith(Encoding.UTF8.GetBytes(name + "="))
            || !bytes.StartsWith("{"u8) && bytes.IndexOf(Encoding.UTF8.GetBytes($"&{name}=")) >= 0)
            return OfPairs(Encoding.UTF8.GetString(bytes), name);
        return null;
    }

    static ReadOnlyMemory<byte>? OfPairs(string form, string name)
    {
        foreach (var pair in form.Split('&'))
            if (pair.StartsWith(name + "=", StringComparison.Ordinal))
                return Encoding.UTF8.GetBytes(Uri.UnescapeDataString(pair[(name.Length + 1)..].Replace('+', ' ')));
        return null;
    }

    // A boundary, the part's headers, an empty line, its content, and the boundary again.
    static ReadOnlyMemory<byte>? OfParts(ReadOnlyMemory<byte> body, string name)
    {
        var lineEnd = body.Span.IndexOf((byte)'\n');
        if (lineEnd < 0)
            return null;
        var boundary = body[..lineEnd].Span.TrimEnd("\r"u8).ToArray();
        for (var rest = body[(lineEnd + 1)..]; rest.Span.IndexOf("\n"u8) >= 0;)
        {
            var (headersEnd, gap) = rest.Span.IndexOf("\r\n\r\n"u8) is >= 0 and var crlf ? (crlf, 4) : (rest.Span.IndexOf("\n\n"u8), 2);
            if (headersEnd < 0)
                return null;
            var headers = Encoding.UTF8.GetString(rest[..headersEnd].Span);
            var content = rest[(headersEnd + gap)..];
            if (content.Span.IndexOf(boundary) is not (>= 0 and var end))
                return null;
            if (headers.Contains($"name=\"{name}\"", StringComparison.OrdinalIgnoreCase)
                || headers.Contains($"name={name}", StringComparison.OrdinalIgnoreCase))
                return content[..end];
            rest = content[(end + boundary.Length)..];
        }
        return null;
    }
}
