using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Sigma.Hosting.Settings;

/// <summary>Turns what the configuration stack throws at a wrong setting into one line that names the key as the environment spells it.</summary>
public static partial class SettingsError
{
    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int ExitCode = 78;

    /// <summary>The line; null when the exception is about something else.</summary>
    public static string? From(Exception exception) => exception switch
    {
        OptionsValidationException e => string.Join("; ", e.Failures),
        InvalidOperationException e when Unreadable().Match(e.Message) is { Success: true } m =>
            $"{EnvironmentName(m.Groups[1].Value)} has a value that is not a {Plain(m.Groups[2].Value)}",
        InvalidOperationException e when Unknown().Match(e.Message) is { Success: true } m =>
            $"unknown setting {m.Groups[2].Value.Replace("'", "")} ({m.Groups[1].Value.Split('.')[^1]} has none of that name)",
        IOException { InnerException: AddressInUseException } e => $"ASPNETCORE_URLS: {e.Message.TrimEnd('.')}",
        AggregateException { InnerExceptions.Count: > 0 } e => e.InnerExceptions.Select(From).FirstOrDefault(line => line is not null),
        { InnerException: { } inner } => From(inner),
        _ => null,
    };

    internal static string EnvironmentName(string path) => path.Replace(":", "__");

    static string Plain(string type) => type.Split('.')[^1] switch
    {
        "TimeSpan" => "duration (hh:mm:ss)",
        "Int32" or "Int64" => "whole number",
        "Boolean" => "true or false",
        var other => other,
    };

    [GeneratedRegex(@"Failed to convert configuration value(?: '[^']*')? at '([^']+)' to type '([^']+)'")]
    private static partial Regex Unreadable();

    [GeneratedRegex(@"the following properties were not found on the instance of ([\w.]+): (.+)$")]
    private static partial Regex Unknown();
}
