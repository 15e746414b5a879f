using Sigma.Archive.Bytes;
using Sigma.Contracts;

namespace Sigma.Archive.Logs.Embedded;

/// <summary>Makes blocks of lines. Used by one thread.</summary>
internal sealed class LogBlockWriter
{
    const int MostLines = 2_000, MostText = 512 * 1024;

    /// <summary>A block is of five minutes at most, so that a late line does not make one of a whole day.</summary>
    const long Span = 5 * TimeSpan.TicksPerMinute;

    readonly ByteWriter _head = new(), _body = new();
    readonly Terms _terms = new();
    readonly Dictionary<string, int> _sources = [];
    readonly Dictionary<IReadOnlyDictionary<string, string>, int> _sameSets = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<string, int> _sets = [];
    readonly List<IReadOnlyDictionary<string, string>> _setList = [];

    /// <summary>Cuts lines, which are in the order of their times, into blocks.</summary>
    public IEnumerable<LogBlock> Cut(IReadOnlyList<StoredLine> lines)
    {
        for (var from = 0; from < lines.Count;)
        {
            var to = from;
            for (var text = 0; to < lines.Count && to - from < MostLines && text < MostText
                && lines[to].Ticks / Span == lines[from].Ticks / Span; to++)
                text += LengthOf(lines[to].Line);
            yield return Write(lines, from, to);
            from = to;
        }
    }

    // A line may have more in its fields than in its text.
    static int LengthOf(LogLine line) =>
        line.Text.Length + (line.Fields is { } fields ? fields.Sum(field => field.Key.Length + field.Value.Length) : 0);

    LogBlock Write(IReadOnlyList<StoredLine> lines, int from, int to)
    {
        Clear();
        var rows = new (int Source, int Set)[to - from];
        for (var index = from; index < to; index++)
        {
            var line = lines[index];
            rows[index - from] = (NumberOf(line.Source), NumberOf(line.Line.Labels));
            _terms.AddWords(line.Line.Text);
            _terms.AddPairs(line.Line.Fields);
            _body.Text(line.Line.Text);
            _body.Pairs(line.Line.Fields);
        }
        _head.Number((ulong)rows.Length);
        _head.Number((ulong)_sources.Count);
        foreach (var source in _sources.Keys) // in the order of their numbers: none is ever removed
            _head.Text(source);
        _head.Number((ulong)_setList.Count);
        foreach (var set in _setList)
            _head.Pairs(set);
        for (var index = from; index < to; index++)
        {
            _head.Number((ulong)(lines[index].Ticks - lines[Math.Max(from, index - 1)].Ticks));
            _head.Number((ulong)rows[index - from].Source);
            _head.Number((ulong)rows[index - from].Set);
            _head.Byte((byte)lines[index].Level);
        }
        return new LogBlock(lines[from].Ticks, lines[to - 1].Ticks, rows.Length, Compression.Compress(_head.Written),
            Compression.Compress(_body.Written), _terms.Take());
    }

    int NumberOf(string source)
    {
        if (_sources.TryGetValue(source, out var number))
            return number;
        _terms.AddPair(LabelTerm.Source, source);
        return _sources[source] = _sources.Count;
    }

    int NumberOf(IReadOnlyDictionary<string, string> labels)
    {
        if (_sameSets.TryGetValue(labels, out var number))
            return number;
        var key = string.Join('\0', labels.SelectMany(label => (string[])[label.Key, label.Value]));
        if (!_sets.TryGetValue(key, out number))
        {
            number = _sets[key] = _setList.Count;
            _setList.Add(labels);
            _terms.AddPairs(labels);
        }
        return _sameSets[labels] = number;
    }

    void Clear()
    {
        _head.Clear();
        _body.Clear();
        _sources.Clear();
        _sameSets.Clear();
        _sets.Clear();
        _setList.Clear();
    }
}
