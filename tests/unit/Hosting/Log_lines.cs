using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Sigma.Hosting.Telemetry;

namespace Sigma.UnitTests.Hosting;

public sealed class Log_lines
{
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(-3));

    [Fact]
    public void In_json_have_each_field_at_the_top_as_what_it_is()
    {
        var line =
            Json(log => log.LogWarning("{Source} from {From} of {Count} in {Seconds} s: {Reason}, {Nothing}", "segware", Noon, 25, 1.5, "\"a\"\nb",
                null));

        Assert.Equal("segware", line.GetProperty("Source").GetString());
        Assert.Equal("2026-11-20T15:00:00.000Z", line.GetProperty("From").GetString());
        Assert.Equal(25, line.GetProperty("Count").GetInt32());
        Assert.Equal(1.5, line.GetProperty("Seconds").GetDouble());
        Assert.Equal("\"a\"\nb", line.GetProperty("Reason").GetString());
        Assert.Equal(JsonValueKind.Null, line.GetProperty("Nothing").ValueKind);
        Assert.Equal(("Warning", "Sigma.Test"), (line.GetProperty("LogLevel").GetString(), line.GetProperty("Category").GetString()));
        Assert.False(line.TryGetProperty("{OriginalFormat}", out _));
    }

    [Fact]
    public void In_json_are_right_whatever_a_library_calls_its_fields()
    {
        var line = Json(log => log.LogError(new InvalidOperationException("broken"), "{Message} {Category} {Twice} {Twice}", "m", "c", 1, 2));

        Assert.Equal("m c 1 2", line.GetProperty("Message").GetString());
        Assert.Equal("Sigma.Test", line.GetProperty("Category").GetString());
        Assert.Contains("broken", line.GetProperty("Exception").GetString());
    }

    [Fact]
    public void Name_the_trace_they_belong_to()
    {
        using var poll = new Activity("poll").Start();

        Assert.Equal(poll.TraceId.ToHexString(), Json(log => log.LogInformation("x")).GetProperty("TraceId").GetString());
        Assert.EndsWith($"info Sigma.Test: x [{poll.TraceId.ToHexString()[..8]}]", Written(new TextLine(), log => log.LogInformation("x")));
    }

    [Fact]
    public void In_text_stay_one_line_whatever_a_field_holds() =>
        Assert.EndsWith("warn Sigma.Test: a b System.Exception: c d",
            Written(new TextLine(), log => log.LogWarning(new InvalidOperationExceptionOfTwoLines(), "{Reason}", "a\nb")));

    [Theory]
    [InlineData("a\u2028b\u0085c\u000bd", "a b c d")]
    [InlineData("a\r\nb  c\td", "a b  c d")]
    [InlineData("\u202eabc\u2069\u200b\u001b[31m\0", "abc[31m")]
    public void In_text_show_all_they_hold(string value, string shown) =>
        Assert.EndsWith($"warn Sigma.Test: {shown}", Written(new TextLine(), log => log.LogWarning("{Reason}", value)));

    [Fact]
    public void In_json_escape_what_would_not_be_seen()
    {
        var line = Written(new JsonLine(), log => log.LogWarning("{Reason}", "\u202eé\u2028\u200b"));

        Assert.DoesNotContain(line, c => c is '\u202e' or '\u2028' or '\u200b');
        Assert.Equal("\u202eé\u2028\u200b", JsonDocument.Parse(line).RootElement.GetProperty("Reason").GetString());
    }

    static JsonElement Json(Action<ILogger> tell) => JsonDocument.Parse(Written(new JsonLine(), tell)).RootElement;

    static string Written(ConsoleFormatter formatter, Action<ILogger> tell)
    {
        using StringWriter writer = new();
        tell(new Log(formatter, writer));
        return Assert.Single(writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    sealed class InvalidOperationExceptionOfTwoLines : Exception
    {
        public override string ToString() => "System.Exception: c\r\nd";
    }

    sealed class Log(ConsoleFormatter formatter, TextWriter writer) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => true;

        void ILogger.Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format) =>
            formatter.Write(new LogEntry<TState>(level, "Sigma.Test", id, state, exception, format), null, writer);
    }
}
