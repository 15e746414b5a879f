using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sigma.Hosting.Telemetry;
using Sigma.Hosting.Texts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sigma.Cli;

/// <summary>
/// What a command says: results to the output, for people or as JSON, one object a line; remarks to the error output when the results are JSON.
/// </summary>
internal sealed class Screen(ParseResult typed)
{
    static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    readonly TextWriter _output = typed.InvocationConfiguration.Output, _error = typed.InvocationConfiguration.Error;

    public bool Json { get; } = typed.GetValue(CommandLine.Json);

    /// <summary>A line of the result.</summary>
    public void Line(string text) => _output.WriteLine(text);

    /// <summary>A line of the result, in either form.</summary>
    public void Line(object result, string text = "") => _output.WriteLine(Json ? JsonText.Visible(JsonSerializer.Serialize(result, Compact)) : text);

    /// <summary>A line of JSON.</summary>
    public void Line(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(json);
        _output.WriteLine(JsonText.Visible(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length)));
    }

    /// <summary>A remark for people.</summary>
    public void Say(string remark) => (Json ? _error : _output).WriteLine(remark);

    /// <summary>A remark that is no result, whatever the form.</summary>
    public void Remark(string remark) => _error.WriteLine(remark);

    /// <summary>A table, as wide as the terminal, or as it needs where there is none; no wider than <paramref name="most"/> characters.</summary>
    public void Show(IRenderable table, int most = int.MaxValue)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
            { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text), Interactive = InteractionSupport.No });
        console.Profile.Width = Math.Min(most, Console.IsOutputRedirected ? 400 : Math.Max(80, Console.WindowWidth));
        console.Write(table);
        foreach (var line in text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
            _output.WriteLine(line);
    }

    /// <summary>
    /// Columns without lines, two characters apart. A letter for each: <c>w</c> may be wrapped, <c>l</c> may not, <c>r</c> is on the right and may
    /// not.
    /// </summary>
    public static Grid Columns(string kinds)
    {
        Grid grid = new();
        foreach (var kind in kinds)
            grid.AddColumn(new GridColumn
                { Padding = new Padding(2, 0, 0, 0), NoWrap = kind != 'w', Alignment = kind == 'r' ? Justify.Right : Justify.Left });
        return grid;
    }

    /// <summary>A number with its thousands set apart.</summary>
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A time in UTC, to the second.</summary>
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "?";

    /// <summary>A length of time in its two largest units.</summary>
    public static string Span(TimeSpan span)
    {
        span = span < TimeSpan.Zero ? TimeSpan.Zero : span;
        return span switch
        {
            { TotalDays: >= 1 } => $"{span.Days} d {span.Hours} h",
            { TotalHours: >= 1 } => $"{span.Hours} h {span.Minutes} min",
            { TotalMinutes: >= 1 } => $"{span.Minutes} min {span.Seconds} s",
            _ => $"{span.Seconds} s",
        };
    }

    /// <summary>What an event or an alert is about, in one line.</summary>
    public static string Labels(IReadOnlyDictionary<string, string> labels) =>
        OneLine(labels.Key());

    /// <summary>Text of a stranger's in one line.</summary>
    public static string OneLine(string text) => Harmless(text).ReplaceLineEndings(" ").Replace('\t', ' ');

    /// <summary>Text of a stranger's, with nothing in it that a terminal would obey, or that turns the direction of writing.</summary>
    public static string Harmless(string text) =>
        string.Concat(text.EnumerateRunes()
            .Select(rune => rune.Value is not ('\n' or '\r' or '\t') && PlainLine.IsObeyed(rune) ? "·" : rune.ToString()));
}
