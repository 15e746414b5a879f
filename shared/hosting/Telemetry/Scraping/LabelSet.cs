using System.Globalization;
using System.Text;

namespace Sigma.Hosting.Telemetry.Scraping;

/// <summary>The labels of a series as they are written: <c>channel="whatsapp",state="sent"</c>.</summary>
internal sealed class LabelSet
{
    public static readonly LabelSet None = new([]);

    /// <summary>Stands for all series of a metric that has too many; OpenTelemetry's name for it.</summary>
    public static readonly LabelSet Others = new([new("otel.metric.overflow", true)]);

    readonly KeyValuePair<string, object?>[] _tags;

    LabelSet(KeyValuePair<string, object?>[] tags)
    {
        _tags = tags;
        // Names that become alike are joined: a name that came twice would make the whole page unreadable.
        Text = string.Join(',', tags.GroupBy(t => MetricName.Label(t.Key), t => Value(t.Value)).OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => $"{label.Key}=\"{Escape(string.Join(';', label))}\""));
    }

    /// <summary>Ready to be put between braces.</summary>
    public string Text { get; }

    static string Value(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Finds a set by the tags of a measurement, whatever their order, without allocating anything.</summary>
    internal sealed class ByTags : IEqualityComparer<LabelSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, LabelSet>
    {
        public static readonly ByTags Instance = new();

        public LabelSet Create(ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(tags.ToArray());

        public bool Equals(LabelSet? x, LabelSet? y) => x is not null && y is not null && Equals(x._tags, y);

        public int GetHashCode(LabelSet set) => GetHashCode(set._tags);

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> tags, LabelSet set)
        {
            if (tags.Length != set._tags.Length)
                return false;
            for (var i = 0; i < tags.Length; i++)
                if (!Same(tags[i], set._tags[i]) && !Has(set._tags, tags[i]))
                    return false;
            return true;
        }

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var hash = tags.Length;
            foreach (var (name, value) in tags)
                hash += HashCode.Combine(name, value); // a sum: the order does not matter
            return hash;
        }

        static bool Has(KeyValuePair<string, object?>[] tags, KeyValuePair<string, object?> tag)
        {
            foreach (var other in tags)
                if (Same(other, tag))
                    return true;
            return false;
        }

        static bool Same(KeyValuePair<string, object?> x, KeyValuePair<string, object?> y) => x.Key == y.Key && Equals(x.Value, y.Value);
    }
}
