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
        var failures = SettingsFailures.Of(options, section);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
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
