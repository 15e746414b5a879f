using System.ComponentModel.DataAnnotations;

namespace Sigma.Hosting.Settings;

/// <summary>A duration between two, both included, written <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute(string from, string to) : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is null || (value is TimeSpan span && span >= TimeSpan.Parse(from, null) && span <= TimeSpan.Parse(to, null))
            ? ValidationResult.Success
            : new ValidationResult($"must be between {from} and {to}", [context.MemberName!]);
}
