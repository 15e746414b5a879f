namespace Sigma.Gateway.Intake;

/// <summary>The headers of a request that are kept with its body: all but those that could let somebody in.</summary>
internal static class KeptHeaders
{
    const int LongestValue = 1000, Most = 50;

    // Signatures of bodies are kept, they prove nothing but the body; what signs or lets in by itself is not.
    static readonly string[] SecretParts = ["authorization", "cookie", "token", "secret", "password", "api-key", "apikey", "auth-key", "credential"];

    // Ours or the way's, of no use later.
    static readonly HashSet<string> Dull =
        new(["Connection", "Accept", "Accept-Encoding", "Transfer-Encoding", "traceparent", "tracestate"], StringComparer.OrdinalIgnoreCase);

    /// <summary>All headers, the first value of each, without case.</summary>
    public static IReadOnlyDictionary<string, string> All(IHeaderDictionary headers) => headers.Where(header => header.Value.Count > 0).Take(Most)
        .ToDictionary(header => header.Key, header => header.Value[0] ?? "", StringComparer.OrdinalIgnoreCase);

    /// <summary>Those that may be kept.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> all) => all
        .Where(header => !Dull.Contains(header.Key) && !IsSecret(header.Key))
        .ToDictionary(header => header.Key, header => Masked(header.Key, header.Value), StringComparer.OrdinalIgnoreCase);

    static bool IsSecret(string name) => Array.Exists(SecretParts, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    // An address may have a key in its query, as that of a confirmation has.
    static string Masked(string name, string value)
    {
        var shown = value.Length > LongestValue ? value[..LongestValue] : value;
        var isAddress = name.EndsWith("url", StringComparison.OrdinalIgnoreCase) || name.Equals("Referer", StringComparison.OrdinalIgnoreCase);
        return isAddress && shown.IndexOf('?') is >= 0 and var query ? $"{shown[..query]}?…" : shown;
    }
}
