using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Sigma.UnitTests.Compose;

/// <summary>One setting as the environment spells it; <c>*</c> stands for an index or a label. With its default, as it would be written.</summary>
internal sealed record Setting(string Name, string Default)
{
    const string Any = "*";

    /// <summary>Whether a name in the environment is this setting's, to the letter.</summary>
    public bool Is(string name)
    {
        var ours = Name.Split("__");
        var theirs = name.Split("__");
        return ours.Length == theirs.Length
            && ours.Zip(theirs).All(part => part.First == part.Second || (part.First == Any && part.Second.Length > 0));
    }

    /// <summary>All settings below a section, down to the single values.</summary>
    public static IEnumerable<Setting> Of(string section, Type options) => Below(section.Replace(":", "__"), options, New(options));

    static IEnumerable<Setting> Below(string path, Type type, object? value)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string) || plain.IsPrimitive || plain.IsEnum || plain == typeof(TimeSpan))
            return [new Setting(path, Text(value))];
        if (type == typeof(IConfigurationSection))
            return []; // its settings are in sections of their own
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>))
            return Below($"{path}__{Any}", type.GetGenericArguments()[1], null);
        if (typeof(IEnumerable).IsAssignableFrom(type))
            return Below($"{path}__{Any}", type.GetElementType() ?? type.GetGenericArguments()[0], null);
        var instance = value ?? New(type);
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)
            .SelectMany(property => Below($"{path}__{property.Name}", property.PropertyType, property.GetValue(instance)));
    }

    static object New(Type type) => Activator.CreateInstance(type, nonPublic: true)!;

    static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        string text => text.ReplaceLineEndings("\\n"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
