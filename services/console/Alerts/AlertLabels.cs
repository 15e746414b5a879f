using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>The labels of an alert: a few pairs in their order, smaller than a dictionary, and never changed.</summary>
internal sealed class AlertLabels(KeyValuePair<string, string>[] pairs) : IReadOnlyDictionary<string, string>
{
    /// <summary>Letters stay as they are, so that a text is found in what is stored.</summary>
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static AlertLabels Empty { get; } = new([]);

    public ReadOnlySpan<KeyValuePair<string, string>> Pairs => pairs;

    public int Count => pairs.Length;

    public IEnumerable<string> Keys => pairs.Select(pair => pair.Key);

    public IEnumerable<string> Values => pairs.Select(pair => pair.Value);

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no label {key}.");

    /// <summary>Reads what is stored.</summary>
    public static AlertLabels Parse(string json)
    {
        List<KeyValuePair<string, string>> found = new(4);
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return Empty;
        foreach (var property in document.RootElement.EnumerateObject())
            found.Add(new(Known.Text(property.Name), Known.Text(property.Value.ToString())));
        return found.Count == 0 ? Empty : new([.. found]);
    }

    /// <summary>As it is stored; where that is longer than the column, the longest values are cut until it fits.</summary>
    public static string Write(IReadOnlyDictionary<string, string> labels, int longest)
    {
        var text = Text(labels);
        if (text.Length <= longest)
            return text;
        Dictionary<string, string> cut = new(labels, StringComparer.Ordinal);
        while (text.Length > longest && cut.Count > 0)
        {
            var (name, value) = cut.MaxBy(label => label.Value.Length);
            if (value.Length > 1)
                cut[name] = value[..(value.Length / 2 - (char.IsHighSurrogate(value[value.Length / 2 - 1]) ? 1 : 0))];
            else
                cut.Remove(cut.MaxBy(label => label.Key.Length).Key); // names alone are longer than the column
            text = Text(cut);
        }
        return text;
    }

    /// <summary>A text as it stands within what is stored, without its quotes.</summary>
    public static string Inner(string text) => JsonSerializer.Serialize(text, Json)[1..^1];

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        foreach (var pair in pairs)
            if (pair.Key == key)
            {
                value = pair.Value;
                return true;
            }
        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)pairs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => pairs.GetEnumerator();

    static string Text(IReadOnlyDictionary<string, string> labels)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in labels)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
