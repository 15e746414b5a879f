using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Sigma.Hosting.Telemetry;

/// <summary>One line per thing that matters, with its fields. <c>LOG_LEVEL</c>, the existing installation's name, sets the level; <c>LOG_FORMAT</c> (text, json, none) the form.</summary>
internal static class Logs
{
    public static void Configure(WebApplicationBuilder app)
    {
        app.Logging.SetMinimumLevel(Level(app.Configuration["LOG_LEVEL"]));
        foreach (var library in (string[])["Microsoft", "System", "Quartz", "MassTransit"])
            app.Logging.AddFilter(library, LogLevel.Warning);
        app.Logging.AddFilter("MassTransit.Messages", LogLevel.None);
        var format = app.Configuration["LOG_FORMAT"];
        if (format == "json")
            app.Logging.AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        else if (format != "none") // tests and hosts that log elsewhere
            app.Logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "HH:mm:ss.fff'Z' ";
                options.ColorBehavior = LoggerColorBehavior.Default;
            });
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
