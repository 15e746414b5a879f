using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sigma.Archive;

/// <summary>Labels as JSON in the order of their names: the same labels are always the same text.</summary>
internal static class LabelText
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<KeyValuePair<string, string>> labels)
    {
        SortedDictionary<string, string> sorted = new(StringComparer.Ordinal);
        foreach (var (label, value) in labels)
            sorted[label] = value;
        return JsonSerializer.Serialize(sorted, Plain);
    }

    public static IReadOnlyDictionary<string, string> Read(string text) => JsonSerializer.Deserialize<Dictionary<string, string>>(text, Plain)!;
}
