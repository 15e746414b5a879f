using System.ComponentModel.DataAnnotations;

namespace Sigma.Notifier.Texts;

/// <summary>A zone this system knows; the default one is taken in any case.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeZoneNameAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is not string { Length: > 0 } zone || zone == LocalTime.DefaultZone || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? ValidationResult.Success
            : new ValidationResult($"is not a time zone this system knows: {zone}", [context.MemberName!]);
}
