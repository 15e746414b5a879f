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

    /// <summary>
    /// Adds to an options object what a section says, without the keys that are <paramref name="others"/>': settings of which only the configuration
    /// says how many there are and of which type.
    /// </summary>
    /// <exception cref="InvalidOperationException">A value cannot be read, or a key is unknown; <see cref="SettingsError"/> says which.</exception>
    public static void Add(object options, IConfiguration configuration, string section, params IReadOnlyCollection<string> others)
    {
        var own = configuration.GetSection(section).AsEnumerable().Where(setting => setting.Value is not null
            && !others.Any(other => string.Equals(setting.Key, $"{section}:{other}", StringComparison.OrdinalIgnoreCase)));
        new ConfigurationBuilder().AddInMemoryCollection(own).Build().GetSection(section)
            .Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        ValueTrimming.TrimAll(options);
    }

    /// <summary>What is wrong with an options object, as a start would say it of this section.</summary>
    public static IReadOnlyList<string> Failures(object options, string section) => SettingsFailures.Of(options, section);
}
