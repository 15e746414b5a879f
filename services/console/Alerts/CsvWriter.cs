using System.Text;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>
/// Comma separated values (RFC 4180) with a byte order mark, so that a spreadsheet reads the letters right. A text that a spreadsheet would take for
/// a formula begins with an apostrophe, also where one begins behind what another country's spreadsheet takes for the comma.
/// </summary>
internal sealed class CsvWriter(Stream output) : IAsyncDisposable
{
    readonly StreamWriter _writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16 * 1024, leaveOpen: true);

    /// <summary>Writes a row.</summary>
    public async Task Row(IReadOnlyList<CsvCell> cells, CancellationToken ct)
    {
        StringBuilder row = new();
        for (var i = 0; i < cells.Count; i++)
            row.Append(i == 0 ? "" : ",").Append(cells[i].Written());
        await _writer.WriteAsync(row.Append("\r\n"), ct);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}

/// <summary>A cell: a text from outside, or what was written here and is no formula.</summary>
internal readonly record struct CsvCell(string? Text, bool IsOurs)
{
    const string Formula = "=+-@\t\r\n\0＝＋－＠";

    public static implicit operator CsvCell(string? text) => new(text, false);

    /// <summary>A number or a time.</summary>
    public static CsvCell Of(string? written) => new(written, true);

    public string Written()
    {
        if (string.IsNullOrEmpty(Text))
            return "";
        if (IsOurs)
            return Text;
        return $"\"{Harmless(Text).Replace("\"", "\"\"")}\"";
    }

    static string Harmless(string text)
    {
        StringBuilder harmless = new(text.Length + 1);
        var begins = true;
        foreach (var letter in text)
        {
            if (begins && Formula.Contains(letter, StringComparison.Ordinal))
                harmless.Append('\'');
            harmless.Append(letter);
            begins = letter is ';' or '\t' or '\r' or '\n' or '|' || begins && letter is ' ' or '"';
        }
        return harmless.ToString();
    }
}
