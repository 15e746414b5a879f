using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Sigma.Storage;

namespace Sigma.Hosting.Settings;

/// <summary>Reads the settings of services without starting one: with the same names, the same defaults and the same checks.</summary>
public static class SettingsReader
{
    /// <summary>One section, checked.</summary>
    /// <exception cref="OptionsValidationException">A value is wrong.</exception>
    public static T Read<T>(IConfiguration configuration, string section) where T : class, new()
    {
        var options = configuration.GetSection(section).Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
        ValueTrimming.TrimAll(options);
        List<IValidateOptions<T>> checks = [new SettingsCheck<T>(section)];
        if (new StorageSettingsCheck() is IValidateOptions<T> more)
            checks.Add(more);
        var failures = checks.Select(check => check.Validate(null, options)).Where(found => found.Failed)
            .SelectMany(found => found.Failures!).ToList();
        return failures.Count == 0 ? options : throw new OptionsValidationException(section, typeof(T), failures);
    }
}
