using System.Buffers;
using System.Text;
using Sigma.Archive.Bytes;
using Sigma.Contracts;

namespace Sigma.Archive.Logs.Embedded;

/// <summary>A block's lines, as far as a query needs them.</summary>
internal sealed class LogBlockReader
{
    static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>();

    readonly string[] _sources;
    readonly IReadOnlyDictionary<string, string>[] _sets;
    readonly (long Ticks, int Source, int Set, LineLevel Level)[] _lines;

    /// <param name="first">Time of the first line.</param>
    /// <param name="head">The block's head.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public LogBlockReader(long first, byte[] head)
    {
        var (buffer, length) = Compression.Decompress(head);
        try
        {
            ByteReader reader = new(buffer.AsSpan(0, length));
            _lines = new (long, int, int, LineLevel)[reader.Count()];
            _sources = new string[reader.Count()];
            for (var index = 0; index < _sources.Length; index++)
                _sources[index] = reader.Text();
            _sets = new IReadOnlyDictionary<string, string>[reader.Count()];
            for (var index = 0; index < _sets.Length; index++)
                _sets[index] = reader.Pairs() ?? NoLabels;
            var ticks = first;
            for (var index = 0; index < _lines.Length; index++)
            {
                ticks += (long)reader.Number();
                _lines[index] = (ticks, Within(reader.Number(), _sources.Length), Within(reader.Number(), _sets.Length),
                    (LineLevel)Within(reader.Byte(), LineLevels.Count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public int Count => _lines.Length;

    public long TicksOf(int index) => _lines[index].Ticks;

    public LineLevel LevelOf(int index) => _lines[index].Level;

    /// <summary>
    /// The lines of the block that a query finds, between two times, by what their head says: which of them are left, and whether their body decides.
    /// </summary>
    public bool[] Narrow(LineMatcher matcher, long from, long to, out bool askBody)
    {
        askBody = matcher.NeedsText;
        var accepted = new bool[_lines.Length];
        var bySet = new (bool Refused, bool AsksFields)[_sets.Length];
        for (var set = 0; set < _sets.Length; set++)
            foreach (var term in matcher.Query.Labels)
                switch (LineMatcher.ByLabels(term, _sets[set]))
                {
                    case false:
                        bySet[set].Refused = true;
                        break;
                    case null:
                        bySet[set].AsksFields = true;
                        break;
                }
        for (var index = 0; index < _lines.Length; index++)
        {
            var line = _lines[index];
            accepted[index] = line.Ticks >= from && line.Ticks < to && matcher.Accepts(line.Level) && !bySet[line.Set].Refused;
            askBody |= accepted[index] && bySet[line.Set].AsksFields;
        }
        return accepted;
    }

    /// <summary>Goes through the texts and fields of the lines that are left, and leaves those that the query finds.</summary>
    public void NarrowByBody(LineMatcher matcher, byte[] body, bool[] accepted)
    {
        var (buffer, length) = Compression.Decompress(body);
        var characters = ArrayPool<char>.Shared.Rent(4096);
        try
        {
            ByteReader reader = new(buffer.AsSpan(0, length));
            for (var index = 0; index < _lines.Length; index++)
            {
                var text = reader.Bytes();
                if (!accepted[index])
                {
                    reader.SkipPairs();
                    continue;
                }
                accepted[index] = AcceptsFields(matcher, index, reader.Pairs());
                if (!accepted[index] || !matcher.NeedsText)
                    continue;
                if (characters.Length < text.Length)
                {
                    ArrayPool<char>.Shared.Return(characters);
                    characters = ArrayPool<char>.Shared.Rent(text.Length);
                }
                accepted[index] = matcher.Accepts(characters.AsSpan(0, Encoding.UTF8.GetChars(text, characters)));
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Some lines as they came, in the order of <paramref name="wanted"/>, which goes up.</summary>
    public List<StoredLine> Lines(byte[] body, IReadOnlyList<int> wanted)
    {
        List<StoredLine> lines = new(wanted.Count);
        var (buffer, length) = Compression.Decompress(body);
        try
        {
            ByteReader reader = new(buffer.AsSpan(0, length));
            for (int index = 0, next = 0; next < wanted.Count; index++)
            {
                if (index != wanted[next])
                {
                    reader.Bytes();
                    reader.SkipPairs();
                    continue;
                }
                next++;
                var (ticks, source, set, level) = _lines[index];
                var text = reader.Text();
                lines.Add(new StoredLine(ticks, _sources[source], level, new LogLine
                {
                    At = StoredLine.TimeOf(ticks), Labels = _sets[set], Text = text, Level = level.ForMessage(), Fields = reader.Pairs(),
                }));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return lines;
    }

    bool AcceptsFields(LineMatcher matcher, int index, Dictionary<string, string>? fields)
    {
        var line = _lines[index];
        foreach (var term in matcher.Query.Labels)
            if (LineMatcher.ByLabels(term, _sets[line.Set]) is null && !LineMatcher.ByFields(term, fields, _sources[line.Source]))
                return false;
        return true;
    }

    static int Within(ulong number, int count) =>
        number < (ulong)count ? (int)number : throw new InvalidDataException("a block of the archive is damaged");
}
