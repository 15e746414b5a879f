using System.Security.Cryptography;
using System.Text;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>Identities of a sender's alerts.</summary>
internal static class ExternalIds
{
    const int Longest = 255, HashDigits = 32;

    /// <summary>The parts that are there, with slashes between; hashed when they are too long.</summary>
    public static string Of(params IEnumerable<string?> parts) => Fit(string.Join('/', parts.Where(part => part is { Length: > 0 })));

    /// <summary>Of the sorted pairs of labels, as senders gave them, whatever order they came in.</summary>
    public static string OfLabels(IEnumerable<KeyValuePair<string, string>> labels)
    {
        StringBuilder text = new();
        foreach (var (name, value) in labels.Where(label => label.Value.Length > 0).OrderBy(label => label.Key, StringComparer.Ordinal))
            text.Append(name).Append('\u00ff').Append(value).Append('\u00ff');
        return Hash(text.ToString());
    }

    /// <summary>The same of a JSON object.</summary>
    public static string OfLabels(JsonValue labels) =>
        OfLabels(labels.Fields.GroupBy(label => label.Name).Select(same => KeyValuePair.Create(same.Key, same.Last().Text ?? "")));

    /// <summary>Itself, or a hash of it when it is longer than is kept.</summary>
    public static string Fit(string id) => id.Length <= Longest ? id : Hash(id);

    /// <summary>A short text for a long one.</summary>
    public static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Hash(string)"/>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashDigits];
}
