using System.Collections;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sigma.Hosting.Settings;

/// <summary>Checks an options object and everything below it; a failure reads <c>Segware__BearerToken is required</c>.</summary>
internal sealed class SettingsCheck<T>(string section) : IValidateOptions<T>, ISettingsSection where T : class
{
    public string Section => section;

    public Type Options => typeof(T);

    public object Read(IServiceProvider services) => services.GetRequiredService<IOptions<T>>().Value;

    public ValidateOptionsResult Validate(string? name, T options)
    {
        List<string> failures = [];
        Check(options, section.Replace(":", "__"), failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    static void Check(object value, string path, List<string> failures)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var key = result.MemberNames.FirstOrDefault() is { } member ? $"{path}__{member}" : path;
            failures.Add($"{key} {Sentence(result.ErrorMessage!)}");
        }
        foreach (var property in value.GetType().GetProperties().Where(p => p.CanRead && p.GetIndexParameters().Length == 0))
        {
            switch (property.GetValue(value))
            {
                case string:
                    break;
                case IDictionary map:
                    foreach (DictionaryEntry entry in map)
                        if (entry.Value is not null && IsOurs(entry.Value))
                            Check(entry.Value, $"{path}__{property.Name}__{entry.Key}", failures);
                    break;
                case IEnumerable list:
                    var index = 0;
                    foreach (var item in list)
                    {
                        if (item is not null && IsOurs(item))
                            Check(item, $"{path}__{property.Name}__{index}", failures);
                        index++;
                    }
                    break;
                case { } nested when IsOurs(nested):
                    Check(nested, $"{path}__{property.Name}", failures);
                    break;
            }
        }
    }

    static bool IsOurs(object value) =>
        value.GetType() is { IsClass: true, Namespace: { } space } && space.StartsWith("Sigma", StringComparison.Ordinal);

    // The framework's messages begin "The X field is required." or "The field X must be …": the key already says X.
    static string Sentence(string message)
    {
        var at = message.IndexOf(" is required", StringComparison.Ordinal);
        if (at < 0)
            at = message.IndexOf(" must be ", StringComparison.Ordinal);
        return message.StartsWith("The ", StringComparison.Ordinal) && at >= 0 ? message[(at + 1)..].TrimEnd('.') : message.TrimEnd('.');
    }
}

/// <summary>A section of the configuration and the class it is bound to, for whoever lists the settings there are.</summary>
public interface ISettingsSection
{
    /// <summary>Its name.</summary>
    string Section { get; }

    /// <summary>Its class.</summary>
    Type Options { get; }

    /// <summary>Its values as the process would take them, after all checks there are.</summary>
    /// <exception cref="Exception">A value is wrong; <see cref="SettingsError.From"/> says which.</exception>
    object Read(IServiceProvider services);
}
