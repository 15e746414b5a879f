using System.Text.Json;

namespace Sigma.Archive.Samples;

/// <summary>A series: its name, and its labels, also as one text, by which series are ordered.</summary>
internal sealed class SeriesName : IComparable<SeriesName>
{
    SeriesName(string name, string text)
    {
        Name = name;
        Text = text;
        Labels = LabelText.Read(text);
    }

    public string Name { get; }

    /// <summary>The labels as JSON.</summary>
    public string Text { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public static SeriesName Of(string name, IEnumerable<KeyValuePair<string, string>> labels) => new(name, LabelText.Write(labels));

    /// <summary>As stored.</summary>
    public static SeriesName Stored(string name, string text) => new(name, text);

    /// <summary>From what a page said as next; null when that is something else.</summary>
    public static SeriesName? Parse(string cursor)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(cursor) is [{ } name, { } text] ? Stored(name, text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string Cursor() => JsonSerializer.Serialize((string[])[Name, Text]);

    public int CompareTo(SeriesName? other) =>
        other is null ? 1 : string.CompareOrdinal(Name, other.Name) is not 0 and var order ? order : string.CompareOrdinal(Text, other.Text);
}
