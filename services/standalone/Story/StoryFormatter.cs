using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Sigma.Hosting.Telemetry;

namespace Sigma.Standalone.Story;

/// <summary>One plain line per thing that happens: the time, who, and the sentence.</summary>
internal sealed class StoryFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "story";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter writer)
    {
        var service = entry.Category.Split('.') is ["Sigma", var name, ..] ? name.ToLowerInvariant() : entry.Category;
        var mark = entry.LogLevel >= LogLevel.Error ? "!! " : entry.LogLevel == LogLevel.Warning ? "!  " : "   ";
        writer.WriteLine($"{time.GetUtcNow():HH:mm:ss} {service,-9} {mark}{entry.Formatter(entry.State, entry.Exception)}");
        if (entry.Exception is { } exception)
            writer.WriteLine($"                      {exception.GetType().Name}: {exception.Message}");
    }
}

internal static class StoryLogging
{
    /// <summary>Plain lines unless another form is asked for.</summary>
    public static ILoggingBuilder AddStory(this ILoggingBuilder logging)
    {
        logging.AddConsoleFormatter<StoryFormatter, ConsoleFormatterOptions>();
        logging.Services.PostConfigure<ConsoleLoggerOptions>(options => options.FormatterName = options.FormatterName == JsonLine.FormatterName ? options.FormatterName : StoryFormatter.FormatterName);
        return logging;
    }
}
