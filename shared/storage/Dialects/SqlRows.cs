using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sigma.Storage;

/// <summary>
/// The rows of a multi-row insert as literals: a thousand rows are one statement without thousands of parameters to name, send and match.
/// Ids, and text that has anything in it a database could read otherwise, are written in hexadecimal: there is nothing to escape.
/// </summary>
public sealed class SqlRows(IDialect dialect)
{
    static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-.,:{}[]\"");

    readonly StringBuilder _sql = new();

    /// <summary>How many rows were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row of <see cref="Guid"/>, <see cref="string"/>, whole numbers and nulls.</summary>
    public void Add(params ReadOnlySpan<object?> values)
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

    // Hexadecimal doubles the length. No quote, no backslash, nothing outside ASCII: such text means the same to every database in every mode.
    static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExcept(Plain);

    void Append(object? value)
    {
        switch (value)
        {
            case null: _sql.Append("null"); break;
            case Guid id: _sql.Append(CultureInfo.InvariantCulture, $"x'{id:N}'"); break;
            case string text when IsPlain(text): _sql.Append('\'').Append(text).Append('\''); break;
            case string text: _sql.Append(dialect.Text(text)); break;
            case long number: _sql.Append(number); break;
            case int number: _sql.Append(number); break;
            default: throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A {value.GetType()} has no literal."));
        }
    }
}
