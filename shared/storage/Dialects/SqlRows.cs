using System.Buffers;
using System.Globalization;

namespace Sigma.Storage;

/// <summary>
/// The rows of a multi-row insert as literals: a thousand rows are one statement without thousands of parameters to name, send and match.
/// Ids, and text that has anything in it a database could read otherwise, are written in hexadecimal: there is nothing to escape.
/// Its memory is borrowed: the text of a thousand rows for each statement kept the collector busy.
/// </summary>
public sealed class SqlRows(IDialect dialect) : ISpanFormattable, IDisposable
{
    static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-.,:{}[]\"");

    const int AtFirst = 64 * 1024, LongestNumber = 32, Digits = 32;

    char[] _sql = ArrayPool<char>.Shared.Rent(AtFirst);
    int _length;

    /// <summary>How many rows were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row of <see cref="Guid"/>, <see cref="string"/>, numbers, bytes and nulls.</summary>
    public void Add(params ReadOnlySpan<SqlValue> values)
    {
        Append(Count++ == 0 ? "(" : ",(");
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
                Append(",");
            Append(values[i]);
        }
        Append(")");
    }

    /// <summary>The rows, comma separated, for use after <c>values</c>.</summary>
    public override string ToString() => new(_sql, 0, _length);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes the rows into the text of the statement, without a copy of their own.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var fits = _sql.AsSpan(0, _length).TryCopyTo(destination);
        charsWritten = fits ? _length : 0;
        return fits;
    }

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        if (_sql.Length > 0)
            ArrayPool<char>.Shared.Return(_sql);
        (_sql, _length) = ([], 0);
    }

    // Hexadecimal doubles the length. No quote, no backslash, nothing outside ASCII: such text means the same to every database in every mode.
    static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExcept(Plain);

    void Append(in SqlValue value)
    {
        if (value.Id is { } id)
        {
            Append("x'");
            id.TryFormat(Room(Digits), out _, "N");
            _length += Digits;
            Append("'");
        }
        else if (value.Number is { } number)
        {
            number.TryFormat(Room(LongestNumber), out var written, provider: CultureInfo.InvariantCulture);
            _length += written;
        }
        else if (value.Measure is { } measure)
        {
            // an exponent, else a database may read it as an exact decimal
            measure.TryFormat(Room(LongestNumber), out var written, "E16", CultureInfo.InvariantCulture);
            _length += written;
        }
        else if (value.Bytes is { } bytes)
        {
            Append("x'");
            Convert.TryToHexString(bytes.Span, Room(2 * bytes.Length), out var written);
            _length += written;
            Append("'");
        }
        else if (value.Text is not { } text)
            Append("null");
        else if (IsPlain(text))
        {
            Append("'");
            Append(text);
            Append("'");
        }
        else
            Append(dialect.Text(text));
    }

    void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    Span<char> Room(int length)
    {
        if (_sql.Length - _length < length)
        {
            var larger = ArrayPool<char>.Shared.Rent(2 * _sql.Length + length);
            _sql.AsSpan(0, _length).CopyTo(larger);
            if (_sql.Length > 0)
                ArrayPool<char>.Shared.Return(_sql);
            _sql = larger;
        }
        return _sql.AsSpan(_length);
    }
}
