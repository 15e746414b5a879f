using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Time;

namespace Sigma.Notifier.Routing;

/// <summary>Every text of the list can be read as a matcher.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReadableMatchersAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        ReadableList.Check(value, context, text => Matcher.Parse(text));
}

/// <summary>Every text of the list can be read as hours of the week.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReadableHoursAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        ReadableList.Check(value, context, text => WeeklyHours.Parse(text, TimeZoneInfo.Utc));
}

file static class ReadableList
{
    public static ValidationResult? Check(object? value, ValidationContext context, Action<string> read)
    {
        var index = 0;
        foreach (var text in value as IEnumerable<string> ?? [])
        {
            try
            {
                read(text);
            }
            catch (FormatException e)
            {
                return new ValidationResult(e.Message, [$"{context.MemberName}__{index}"]);
            }
            index++;
        }
        return ValidationResult.Success;
    }
}
