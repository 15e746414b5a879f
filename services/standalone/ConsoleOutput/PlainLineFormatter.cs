using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Sigma.Hosting.Telemetry;

namespace Sigma.Standalone.ConsoleOutput;

/// <summary>One plain line per thing that happens: the time, who, and the sentence.</summary>
internal sealed class PlainLineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "story";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter writer)
    {
        var service = entry.Category.Split('.') switch
        {
            ["Sigma", "OperatorConsole", ..] => "console",
            ["Sigma", var name, ..] => name.ToLowerInvariant(),
            _ => entry.Category,
        };
        var mark = entry.LogLevel >= LogLevel.Error ? "!! " : entry.LogLevel == LogLevel.Warning ? "!  " : "   ";
        writer.WriteLine($"{time.GetUtcNow():HH:mm:ss} {service,-9} {mark}{entry.Formatter(entry.State, entry.Exception)}");
        if (entry.Exception is { } exception)
            writer.WriteLine($"                      {exception.GetType().Name}: {exception.Message}");
    }
}

internal static class PlainLineLogging
{
    /// <summary>Plain lines unless another form is asked for.</summary>
    public static ILoggingBuilder AddPlainLines(this ILoggingBuilder logging)
    {
        logging.AddConsoleFormatter<PlainLineFormatter, ConsoleFormatterOptions>();
        logging.Services.PostConfigure<ConsoleLoggerOptions>(options => options.FormatterName = options.FormatterName == JsonLine.FormatterName
            ? options.FormatterName : PlainLineFormatter.FormatterName);
        return logging;
    }
}
