using System.Text;
using System.Text.Json;

namespace Sigma.Segware;

/// <summary>One record of a list, or the raw text of one that is not JSON. It holds until the next record is asked for.</summary>
public readonly struct JsonRecord
{
    readonly ReadOnlyMemory<byte> _bytes;

    internal JsonRecord(JsonElement element, ReadOnlyMemory<byte> bytes, bool mended)
    {
        Element = element;
        _bytes = bytes;
        IsMended = mended;
    }

    internal JsonRecord(string fault, ReadOnlyMemory<byte> bytes)
    {
        Fault = fault;
        _bytes = bytes;
    }

    /// <summary>The record; undefined when <see cref="Fault"/> says why it cannot be read.</summary>
    public JsonElement Element { get; }

    /// <summary>Why it cannot be read; null when it can.</summary>
    public string? Fault { get; }

    /// <summary>Whether it could be read only after control characters and bytes that are no UTF-8 were replaced.</summary>
    public bool IsMended { get; }

    /// <summary>The beginning of the record as it came.</summary>
    public string RawText(int limit)
    {
        var text = Encoding.UTF8.GetString(_bytes.Span[..Math.Min(_bytes.Length, 4 * limit)]);
        return text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
    }
}
