using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;

namespace Sigma.Hosting.Api;

/// <summary>Section <c>Api</c>: the internal HTTP API, by which the console and the services ask each other.</summary>
public sealed class ApiOptions : IValidatableObject
{
    const int Shortest = 16;

    /// <summary>Who asks must have it, as <c>Authorization: Bearer</c>; at least 16 characters, a secret. Not set: the API is off.</summary>
    [HeaderValue]
    public string Key { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Key.Length is > 0 and < Shortest)
            yield return new ValidationResult($"has {Key.Length} characters: a key has {Shortest} at least", [nameof(Key)]);
    }
}
