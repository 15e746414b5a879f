using System.Text;
using System.Text.Json;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>
/// Makes lines of JSON objects: finds time, text, level and labels by their usual names, in objects within objects too, and keeps all else as fields.
/// An object without a text is itself the line.
/// </summary>
internal sealed class JsonRecords
{
    const int LongestPath = 512, LongestTime = 64;
    const string Milliseconds = "milliseconds";

    readonly LineCollector _lines;
    readonly KnownFields _known;
    readonly string? _unit;
    readonly Dictionary<string, KnownField> _names = [];
    readonly Dictionary<string, KnownField>.AlternateLookup<ReadOnlySpan<char>> _namesBySpan;
    readonly char[] _path = new char[LongestPath];

    Candidate? _text, _level, _time;
    DateTimeOffset? _at;

    /// <summary>Reads into a collector.</summary>
    public JsonRecords(LineCollector lines, KnownFields known)
    {
        _lines = lines;
        _known = known;
        _unit = lines.Integration.Mapping.TimeUnit;
        _namesBySpan = _names.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How records are read: no deeper than allowed.</summary>
    public static JsonReaderOptions Options(LineCollector lines, bool several = false) =>
        new() { MaxDepth = lines.DeepestJson, AllowMultipleValues = several, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>
    /// Reads the object at whose start the reader is, up to its end, as a line; with the labels and fields that the collector has of it already.
    /// </summary>
    /// <param name="reader">Reads the body.</param>
    /// <param name="body">All of what the reader reads.</param>
    /// <param name="at">When it was written, where that is known from elsewhere.</param>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, DateTimeOffset? at = null)
    {
        _text = _level = _time = null;
        _at = at;
        if (at is not null)
            _time = new("", -1, 0, 0);
        var start = (int)reader.TokenStartIndex;
        ReadObject(ref reader, body, 0);
        var level = Level(body);
        var text = _text is { } found ? JsonText.Of(found.Value(body)) : Encoding.UTF8.GetString(body[start..(int)reader.BytesConsumed]);
        _lines.Add(_at, text, level);
    }

    /// <summary>Reads the object at whose start the reader is as fields of the line that is being gathered.</summary>
    public void ReadFields(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Of(ref reader, body);
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
                _lines.Fields.Add(name, JsonText.Of(ref reader, body));
        }
    }

    void ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, int prefix)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var end = AppendName(ref reader, body, prefix);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject && end < LongestPath - 1)
            {
                _path[end] = '.';
                ReadObject(ref reader, body, end + 1);
            }
            else if (reader.TokenType != JsonTokenType.Null)
                Take(Known(_path.AsSpan(0, end)), ref reader, body);
        }
    }

    int AppendName(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, int at)
    {
        if (!reader.ValueIsEscaped && Encoding.UTF8.TryGetChars(reader.ValueSpan, _path.AsSpan(at), out var written))
            return at + written;
        var name = JsonText.Of(ref reader, body).AsSpan();
        name = name[..Math.Min(name.Length, LongestPath - at)];
        name.CopyTo(_path.AsSpan(at));
        return at + name.Length;
    }

    KnownField Known(ReadOnlySpan<char> path)
    {
        if (_namesBySpan.TryGetValue(path, out var known))
            return known;
        var name = path.ToString();
        return _names[name] = _known.Of(name);
    }

    void Take(KnownField field, ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        switch (field.Use)
        {
            case FieldUse.Label when reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject):
                _lines.Set(field.Name, JsonText.Of(ref reader, body));
                break;
            case FieldUse.Time when Time(field, ref reader) is { } time:
                if (Choose(ref _time, field, ref reader, body))
                    _at = time;
                break;
            case FieldUse.Text:
                Choose(ref _text, field, ref reader, body);
                break;
            case FieldUse.Level when reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject):
                Choose(ref _level, field, ref reader, body);
                break;
            default:
                _lines.Fields.Add(field.Name, JsonText.Of(ref reader, body));
                break;
        }
    }

    // Of several for one use the first in rank counts, and the others are fields, unless they say the same.
    bool Choose(ref Candidate? chosen, KnownField field, ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip(); // an array
        var candidate = new Candidate(field.Name, field.Rank, start, (int)reader.BytesConsumed - start);
        var other = chosen;
        if (other is null || candidate.Rank < other.Value.Rank)
            chosen = candidate;
        else
            other = candidate;
        if (other is { Length: > 0 } lesser && !lesser.Value(body).SequenceEqual(chosen!.Value.Value(body)))
            _lines.Fields.Add(lesser.Name, JsonText.Of(lesser.Value(body)));
        return chosen!.Value.Start == start;
    }

    DateTimeOffset? Time(KnownField field, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.Number when field.Name == KnownFields.RealtimeTimestamp:
                return LogTimes.FromMicroseconds(reader.ValueSpan);
            case JsonTokenType.Number:
                return LogTimes.FromNumber(reader.ValueSpan, _unit is null ? field.Name is "@timestamp" or "@t" : _unit == Milliseconds);
            case JsonTokenType.String when reader.ValueSpan.Length <= LongestTime && !reader.ValueIsEscaped:
                Span<char> text = stackalloc char[LongestTime];
                return Encoding.UTF8.TryGetChars(reader.ValueSpan, text, out var length) ? LogTimes.FromText(text[..length]) : null;
            default:
                return null;
        }
    }

    string? Level(ReadOnlySpan<byte> body)
    {
        if (_level is not { } found)
            return null;
        var word = JsonText.Of(found.Value(body));
        var level = LogLevels.Of(word, _lines.Integration);
        // The word may say more than the level: debug, notice.
        if (word.Length > 0 && !word.Equals(level, StringComparison.OrdinalIgnoreCase))
            _lines.Fields.Add(found.Name, word);
        return level;
    }

    readonly record struct Candidate(string Name, int Rank, int Start, int Length)
    {
        public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> body) => body.Slice(Start, Length);
    }
}
