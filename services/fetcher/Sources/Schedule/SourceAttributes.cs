using System.ComponentModel.DataAnnotations;
using Sigma.Contracts;

namespace Sigma.Fetcher.Sources.Schedule;

/// <summary>A name that may stand in an address: at most 64 letters, digits, dots, hyphens and underscores.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SourceNameAttribute : ValidationAttribute
{
    const int Longest = 64;

    protected override ValidationResult? IsValid(object? value, ValidationContext context) => value switch
    {
        "" or null => ValidationResult.Success, // required or not, is another's to say
        Drill.Source => new ValidationResult("is the name kept for drills", [context.MemberName!]),
        string { Length: <= Longest } name when name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') => ValidationResult.Success,
        _ => new ValidationResult($"is not 1 to {Longest} letters, digits, dots, hyphens and underscores", [context.MemberName!]),
    };
}

/// <summary>One of our words for a severity.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SeverityWordAttribute : ValidationAttribute
{
    static readonly string[] Words = ["critical", "high", "medium", "low", "info"];

    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is string word && Words.Contains(word) ? ValidationResult.Success
            : new ValidationResult($"is none of {string.Join(", ", Words)}", [context.MemberName!]);
}

/// <summary>A cron expression, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CronExpressionTextAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is "" or null || CronText.Read((string)value) is not null ? ValidationResult.Success
            : new ValidationResult("is no cron expression: minute, hour, day, month, day of the week (and a second before them, if wanted)",
                [context.MemberName!]);
}

/// <summary>A time zone that this machine knows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeZoneNameAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is not string { Length: > 0 } name || TimeZoneInfo.TryFindSystemTimeZoneById(name, out _) ? ValidationResult.Success
            : new ValidationResult("is no time zone that this machine knows", [context.MemberName!]);
}
