using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sigma.Storage;

/// <summary>
/// The rows of a multi-row insert as literals: a thousand rows are one statement without thousands of parameters to name, send and match.
/// Ids, and text that has anything in it a database could read otherwise, are written in hexadecimal: there is nothing to escape.
/// </summary>
public sealed class SqlRows(IDialect dialect) : ISpanFormattable
{
    static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-.,:{}[]\"");

    readonly StringBuilder _sql = new();

    /// <summary>How many rows were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row of <see cref="Guid"/>, <see cref="string"/>, numbers and nulls.</summary>
    public void Add(params ReadOnlySpan<SqlValue> values)
    {
        _sql.Append(Count++ == 0 ? "(" : ",(");
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
                _sql.Append(',');
            Append(values[i]);
        }
        _sql.Append(')');
    }

    /// <summary>The rows, comma separated, for use after <c>values</c>.</summary>
    public override string ToString() => _sql.ToString();

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes the rows into the text of the statement, without a copy of their own.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        charsWritten = _sql.Length <= destination.Length ? _sql.Length : 0;
        if (_sql.Length > destination.Length)
            return false;
        _sql.CopyTo(0, destination, _sql.Length);
        return true;
    }

    // Hexadecimal doubles the length. No quote, no backslash, nothing outside ASCII: such text means the same to every database in every mode.
    static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExcept(Plain);

    void Append(in SqlValue value)
    {
        if (value.Id is { } id)
            _sql.AppendLiteral(id);
        else if (value.Number is { } number)
            _sql.Append(number);
        else if (value.Measure is { } measure)
            _sql.Append(CultureInfo.InvariantCulture, $"{measure:E16}"); // an exponent, else a database may read it as an exact decimal
        else if (value.Text is not { } text)
            _sql.Append("null");
        else if (IsPlain(text))
            _sql.Append('\'').Append(text).Append('\'');
        else
            _sql.Append(dialect.Text(text));
    }
}
