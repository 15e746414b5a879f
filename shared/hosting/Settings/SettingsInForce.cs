using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Sigma.Hosting.Settings;

/// <summary>
/// The settings of this process as they are in force: every key of every section that its services know, also where nothing is said and the default
/// holds. Secrets are masked, whoever asks: they do not leave the process.
/// </summary>
public sealed class SettingsInForce(IServiceCollection known, IConfiguration configuration, IServiceProvider services)
{
    const int Deepest = 12;

    /// <summary>All sections, by name. What is a part of another, once for each there is, is read with that.</summary>
    public IReadOnlyList<SettingsSection> All() =>
    [
        .. known.Select(service => service.ImplementationInstance).OfType<ISettingsSection>()
            .Where(section => !section.Section.Contains('*', StringComparison.Ordinal)).DistinctBy(section => section.Section)
            .OrderBy(section => section.Section, StringComparer.Ordinal).Select(Read),
    ];

    SettingsSection Read(ISettingsSection section)
    {
        SortedDictionary<string, Setting> found = new(StringComparer.OrdinalIgnoreCase);
        try
        {
            Flatten(section.Section, section.Read(services), found, 0);
        }
        catch (Exception e) when (SettingsError.From(e) is not null)
        {
            // It was read at the start. What can be said of it is what the configuration says.
        }
        // What belongs to a section but to no class of its own, such as integrations by name.
        foreach (var (path, value) in configuration.GetSection(section.Section).AsEnumerable())
            if (value is not null)
                found[path] = Setting.Of(path, value, isSet: true);
        return new(section.Section, [.. found.Values]);
    }

    void Flatten(string path, object? value, SortedDictionary<string, Setting> found, int depth)
    {
        if (depth > Deepest)
            return;
        switch (value)
        {
            case null:
                Add("");
                break;
            case string text:
                Add(text);
                break;
            case IDictionary map:
                foreach (DictionaryEntry entry in map)
                    Flatten($"{path}:{entry.Key}", entry.Value, found, depth + 1);
                break;
            case IEnumerable list:
                var index = 0;
                foreach (var item in list)
                    Flatten($"{path}:{index++}", item, found, depth + 1);
                break;
            case IFormattable simple:
                Add(simple.ToString(null, CultureInfo.InvariantCulture));
                break;
            case bool flag:
                Add(flag ? "true" : "false");
                break;
            default:
                if (value.GetType() is { Namespace: { } space } type && space.StartsWith("Sigma", StringComparison.Ordinal))
                    foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                        if (property is { CanRead: true, CanWrite: true } && property.GetIndexParameters().Length == 0
                            || property is { CanRead: true } && IsOurs(property.PropertyType))
                            Flatten($"{path}:{property.Name}", property.GetValue(value), found, depth + 1);
                break;
        }

        void Add(string text) => found[path] = Setting.Of(path, text, configuration[path] is not null);
    }

    static bool IsOurs(Type type) => type is { IsClass: true, Namespace: { } space } && space.StartsWith("Sigma", StringComparison.Ordinal);
}

/// <summary>A section of the settings.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Settings">Its keys, by name.</param>
public sealed record SettingsSection(string Name, IReadOnlyList<Setting> Settings);

/// <summary>A setting.</summary>
/// <param name="Path">Its name, as <c>Console:TimeZone</c>.</param>
/// <param name="Value">Its value, masked where nobody may read it; empty where there is none.</param>
/// <param name="IsSet">Whether somebody has set it; else it is the default.</param>
/// <param name="IsSecret">Whether it is masked.</param>
public sealed record Setting(string Path, string Value, bool IsSet, bool IsSecret)
{
    static readonly string[] People = ["recipient", "recipients", "to", "from", "cc", "chat", "chatid", "phone", "number", "user", "username"];

    /// <summary>Its name as a variable of the environment.</summary>
    [JsonIgnore]
    public string Variable => Path.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>As it may be shown.</summary>
    public static Setting Of(string path, string value, bool isSet)
    {
        var isSecret = SecretNames.InPath(path) || SecretNames.InText(value);
        return new(path, Shown(path, value, isSecret), isSet, isSecret);
    }

    static string Shown(string path, string value, bool isSecret)
    {
        if (value.Length == 0)
            return "";
        if (isSecret)
            return SecretNames.Masked;
        if (path.Split(':').Any(part => People.Contains(part, StringComparer.OrdinalIgnoreCase)
            || part.EndsWith("Numbers", StringComparison.OrdinalIgnoreCase)))
            return value.Length <= 4 ? SecretNames.Masked : $"{value[..3]}…";
        // An address may have a secret in it: a user, the path of a webhook, what follows a question mark.
        return Uri.TryCreate(value, UriKind.Absolute, out var address) && value.Contains("://", StringComparison.Ordinal)
            && (address.UserInfo.Length > 0 || address.PathAndQuery.Length > 1)
            ? $"{address.Scheme}://{address.Authority}/…" : value;
    }
}
