using System.Reflection;
using Sigma.Probes;

namespace Sigma.Fetcher.Sources.Probes.Plugins;

/// <summary>
/// The assemblies of a folder: each <c>*.dll</c> in it, and <c>name/name.dll</c> of each folder in it, beside which stands what it needs. One that
/// cannot be loaded is a line, and no more.
/// </summary>
internal static class PluginFolder
{
    /// <summary>Loads them all.</summary>
    public static (IReadOnlyList<(Type Type, string File)> Probes, IReadOnlyList<string> Faults) Read(string folder)
    {
        List<(Type, string)> probes = [];
        List<string> faults = [];
        foreach (var file in Files(folder, faults))
            try
            {
                var types = ProbesOf(new PluginContext(file).LoadFromAssemblyPath(file));
                probes.AddRange(types.Select(type => (type, Path.GetFileName(file))));
                if (types.Count == 0)
                    faults.Add($"{Path.GetFileName(file)} has no public probe");
            }
            catch (Exception e)
            {
                faults.Add($"{Path.GetFileName(file)} cannot be loaded: {Reason(e)}");
            }
        return (probes, faults);
    }

    static IReadOnlyList<string> Files(string folder, List<string> faults)
    {
        if (folder.Length == 0 || !Directory.Exists(folder))
            return [];
        try
        {
            var full = Path.GetFullPath(folder);
            return [.. Directory.EnumerateFiles(full, "*.dll").Concat(Directory.EnumerateDirectories(full)
                .Select(each => Path.Combine(each, Path.GetFileName(each) + ".dll")).Where(File.Exists))
                .Where(file => Path.GetFileName(file) != "Sigma.Probes.dll").Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add($"the folder cannot be read: {e.Message}");
            return [];
        }
    }

    static IReadOnlyList<Type> ProbesOf(Assembly assembly) =>
        [.. assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && typeof(IProbe).IsAssignableFrom(type))];

    static string Reason(Exception e) => e switch
    {
        BadImageFormatException => "it is no .NET assembly, or one for another system",
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => first.Message,
        _ => e.Message,
    };
}
