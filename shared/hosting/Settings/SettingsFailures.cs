using System.Collections;
using System.ComponentModel.DataAnnotations;

namespace Sigma.Hosting.Settings;

/// <summary>What is wrong with an options object and everything below it.</summary>
internal static class SettingsFailures
{
    public static IReadOnlyList<string> Of(object options, string section)
    {
        List<string> failures = [];
        Check(options, SettingsError.EnvironmentName(section), failures);
        return failures;
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
