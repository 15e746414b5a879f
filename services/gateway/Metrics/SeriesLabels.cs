using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Sigma.Gateway.Metrics;

/// <summary>Gathers the name and the labels of one series after another, of one request.</summary>
internal sealed class SeriesLabels
{
    /// <summary>What a series may have, as the evaluator and the archive take it.</summary>
    public const int LongestName = 200, Most = 32, Longest = 1000;

    // What is written of a character at most, and around each label.
    const int LongestEscape = 6, AroundLabel = 6;

    readonly SeriesCache _cache;
    readonly IReadOnlyDictionary<string, string> _own;
    readonly Func<ReadOnlySpan<byte>, Series> _build;
    readonly int _start;
    byte[] _bytes = new byte[1024];
    int _end;

    /// <param name="cache">Where known ones are.</param>
    /// <param name="own">Labels of the integration; they win.</param>
    public SeriesLabels(SeriesCache cache, IReadOnlyDictionary<string, string> own)
    {
        _cache = cache;
        _own = own;
        _build = Build;
        // They are part of what a series is known by.
        foreach (var (name, value) in own.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            Write(Encoding.UTF8.GetBytes(name));
            Write(Encoding.UTF8.GetBytes(value));
        }
        _start = _end;
    }

    /// <summary>Begins a series.</summary>
    public SeriesLabels Begin() => Return(_start);

    /// <summary>Adds a label, or the name, which is called <c>__name__</c>.</summary>
    public SeriesLabels Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Write(name);
        Write(value);
        return this;
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public SeriesLabels Add(string name, string value)
    {
        Write(name);
        Write(value);
        return this;
    }

    /// <summary>Where the labels end that were added so far: for several series that begin alike.</summary>
    public int Mark() => _end;

    /// <summary>Forgets what was added since.</summary>
    public SeriesLabels Return(int mark)
    {
        _end = mark;
        return this;
    }

    /// <summary>The series that was gathered.</summary>
    public Series End() => _cache.Find(_bytes.AsSpan(0, _end), _build);

    /// <summary>The same with a longer name, such as <c>_count</c>.</summary>
    public Series End(string suffix)
    {
        var end = _end;
        Write(Suffix);
        Write(suffix);
        var series = End();
        _end = end;
        return series;
    }

    static ReadOnlySpan<byte> NameLabel => "__name__"u8;

    static ReadOnlySpan<byte> Suffix => "__suffix__"u8;

    void Write(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_end), text.Length);
        text.CopyTo(_bytes.AsSpan(_end + sizeof(int)));
        _end += sizeof(int) + text.Length;
    }

    void Write(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_end + sizeof(int)));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_end), length);
        _end += sizeof(int) + length;
    }

    void Reserve(int length)
    {
        var needed = _end + sizeof(int) + length;
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
    }

    Series Build(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[_start..];
        string name = "", suffix = "";
        string? fault = null;
        Dictionary<string, string> labels = new(StringComparer.Ordinal);
        while (!rest.IsEmpty)
        {
            var label = Read(ref rest);
            var value = Read(ref rest);
            if (label.SequenceEqual(NameLabel))
                name = name.Length == 0 ? _cache.Share(value) : Twice("__name__");
            else if (label.SequenceEqual(Suffix))
                suffix = Encoding.UTF8.GetString(value);
            else if (label.IsEmpty)
                fault ??= "has a label without a name";
            else if (!value.IsEmpty && !labels.TryAdd(Lower(label), _cache.Share(value))) // an empty value is none
                fault ??= $"has the label {Lower(label)} twice";
        }
        foreach (var (label, value) in _own)
            labels[label.ToLowerInvariant()] = value;
        name += suffix;
        return new(name, labels, fault ?? Fault(name, labels));

        string Twice(string label)
        {
            fault ??= $"has the label {label} twice";
            return name;
        }
    }

    string Lower(ReadOnlySpan<byte> label)
    {
        var text = _cache.Share(label);
        return text.AsSpan().ContainsAnyInRange('A', 'Z') || !System.Text.Ascii.IsValid(text) ? text.ToLowerInvariant() : text;
    }

    static string? Fault(string name, Dictionary<string, string> labels) =>
        name.Length == 0 ? "has no name"
        : name.Length > LongestName ? $"has a name that is longer than {LongestName} characters"
        : labels.Count > Most ? $"has more than {Most} labels"
        : AreTooLong(labels) ? $"has labels that are longer than {Longest} characters" : null;

    static bool AreTooLong(Dictionary<string, string> labels)
    {
        var longest = 0;
        foreach (var (label, value) in labels)
            longest += LongestEscape * (label.Length + value.Length) + AroundLabel;
        return longest > Longest && JsonSerializer.Serialize(labels).Length > Longest;
    }

    static ReadOnlySpan<byte> Read(ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        var text = rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + length)..];
        return text;
    }
}
