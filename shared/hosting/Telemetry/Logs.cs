using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Sigma.Hosting.Telemetry;

/// <summary>
/// One line per thing that matters, with its fields. <c>LOG_LEVEL</c>, the existing installation's name, sets the level; <c>LOG_FORMAT</c> (text,
/// json, none) the form. <c>Logging__LogLevel__</c> and a category, or the beginning of one, sets the level of that.
/// </summary>
internal static class Logs
{
    // What libraries say below this is about themselves; the bus reports on every message it moves, which our own lines do better.
    static readonly (string Category, LogLevel Level)[] Libraries =
        [("Microsoft", LogLevel.Warning), ("System", LogLevel.Warning), ("Quartz", LogLevel.Warning), ("MassTransit", LogLevel.Warning),
            ("MassTransit.Messages", LogLevel.None)];

    public static void Configure(WebApplicationBuilder app)
    {
        app.Logging.SetMinimumLevel(Level(app.Configuration["LOG_LEVEL"]));
        // a filter added here would win
        foreach (var (category, level) in Libraries.Where(l => app.Configuration["Logging:LogLevel:" + l.Category] is null))
            app.Logging.AddFilter(category, level);
        var format = app.Configuration["LOG_FORMAT"];
        if (format == "none") // tests and hosts that log elsewhere
            app.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.None);
        app.Logging.AddConsoleFormatter<TextLine, ConsoleFormatterOptions>().AddConsoleFormatter<JsonLine, ConsoleFormatterOptions>();
        app.Logging.AddConsole(options => options.FormatterName = format == "json" ? JsonLine.FormatterName : TextLine.FormatterName);
    }

    static LogLevel Level(string? name) => name?.ToLowerInvariant() switch
    {
        "trace" or "silly" => LogLevel.Trace,
        "debug" or "verbose" => LogLevel.Debug,
        "warn" or "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "fatal" or "critical" => LogLevel.Critical,
        _ => LogLevel.Information,
    };
}
