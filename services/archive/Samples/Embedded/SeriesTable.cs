using Sigma.Contracts;

namespace Sigma.Archive.Samples.Embedded;

/// <summary>The numbers of the series of one file, found without making a text for each sample. Used by one thread.</summary>
internal sealed class SeriesTable
{
    readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    KeyValuePair<string, string>[] _labels = new KeyValuePair<string, string>[32];
    char[] _key = new char[1024];

    public SeriesTable() => _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _numbers.Count;

    public void Add(SeriesName series, long number) => _bySpan[KeyOf(series.Name, series.Labels)] = number;

    public long? Find(Sample sample) => _bySpan.TryGetValue(KeyOf(sample.Series, sample.Labels), out var number) ? number : null;

    public void Clear() => _numbers.Clear();

    ReadOnlySpan<char> KeyOf(string name, IReadOnlyDictionary<string, string> labels)
    {
        if (_labels.Length < labels.Count)
            _labels = new KeyValuePair<string, string>[labels.Count];
        var (count, length) = (0, name.Length);
        foreach (var label in labels)
        {
            length += label.Key.Length + label.Value.Length + 2;
            _labels[count++] = label;
        }
        var sorted = _labels.AsSpan(0, count);
        sorted.Sort(static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        if (_key.Length < length)
            _key = new char[length];
        var end = 0;
        Append(name);
        foreach (var (label, value) in sorted)
        {
            _key[end++] = '\uFFFE'; // no character of any text
            Append(label);
            _key[end++] = '\uFFFF';
            Append(value);
        }
        return _key.AsSpan(0, end);

        void Append(string text)
        {
            text.CopyTo(_key.AsSpan(end));
            end += text.Length;
        }
    }
}
