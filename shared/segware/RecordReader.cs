using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Sigma.Segware;

/// <summary>Reads single records: as they are, else mended, else as what can be saved of them.</summary>
internal sealed class RecordReader : IDisposable
{
    const int Deepest = 256, LongestSaved = 64 * 1024, MostTries = 16;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = Deepest };

    readonly Queue<JsonRecord> _more = [];
    JsonDocument? _document;

    /// <summary>A record that was found within the last one.</summary>
    public bool TryNext(out JsonRecord record) => _more.TryDequeue(out record);

    /// <summary>The record. It holds until the next call.</summary>
    public JsonRecord Read(ReadOnlyMemory<byte> bytes)
    {
        _document?.Dispose();
        _document = null;
        if (Utf8.IsValid(bytes.Span) && Parse(bytes) is null)
            return new JsonRecord(_document!.RootElement, bytes, mended: false);
        var mended = Mend(bytes.Span);
        return Parse(mended) is { } fault ? Save(mended, bytes, fault) : new JsonRecord(_document!.RootElement, bytes, mended: true);
    }

    public void Dispose() => _document?.Dispose();

    /// <summary>Says why it is not JSON; null when it is.</summary>
    string? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            _document = JsonDocument.Parse(bytes, Options);
            return null;
        }
        catch (JsonException e)
        {
            var says = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is > 0 and var end ? e.Message[..end] : e.Message;
            return $"it is not JSON: {ResponseText.OneLine(says, 150).TrimEnd('.')}";
        }
    }

    /// <summary>Control characters become spaces, what is no UTF-8 becomes U+FFFD.</summary>
    static byte[] Mend(ReadOnlySpan<byte> bytes)
    {
        var mended = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));
        foreach (ref var b in mended.AsSpan())
            if (b < ' ')
                b = (byte)' ';
        return mended;
    }

    /// <summary>
    /// A quote or a bracket that is missing may have taken the records behind it along: they are found where the rest is a list of objects.
    /// </summary>
    JsonRecord Save(ReadOnlyMemory<byte> mended, ReadOnlyMemory<byte> bytes, string fault)
    {
        var span = mended.Span;
        for (int at = 1, tries = 0; at < span.Length && span.Length <= LongestSaved && tries < MostTries; at++)
        {
            if (span[at] != ',' || span[(at + 1)..].TrimStart((byte)' ') is not [(byte)'{', ..])
                continue;
            tries++;
            try
            {
                using var tail = JsonDocument.Parse((byte[])[(byte)'[', .. span[(at + 1)..], (byte)']'], Options);
                if (tail.RootElement.EnumerateArray().Any(saved => saved.ValueKind != JsonValueKind.Object))
                    continue;
                foreach (var saved in tail.RootElement.EnumerateArray())
                    _more.Enqueue(new JsonRecord(saved.Clone(), Encoding.UTF8.GetBytes(saved.GetRawText()), mended: true));
                return new JsonRecord(fault, mended[..at]);
            }
            catch (JsonException)
            {
                // not a place where a record begins
            }
        }
        return new JsonRecord(fault, bytes);
    }
}
