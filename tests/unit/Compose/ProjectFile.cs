namespace Sigma.UnitTests.Compose;

/// <summary>Files at the root of the repository.</summary>
internal static class ProjectFile
{
    static readonly string Root = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Read(string path) => File.ReadAllText(Path(path));

    public static string Path(string path) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, path));

    /// <summary>The settings of an env file, those commented out too: a name, an equals sign, the value.</summary>
    public static IReadOnlyList<(string Name, string Value)> Settings(string path) =>
    [
        .. Read(path).Split('\n').Select(line => line.TrimStart('#')).Where(line => line.Length > 0 && char.IsLetter(line[0]))
            .Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2 && parts[0].All(c => char.IsLetterOrDigit(c) || c is '_' or '.'))
            .Select(parts => (parts[0], parts[1])),
    ];

    static string Find(DirectoryInfo folder) =>
        File.Exists(System.IO.Path.Combine(folder.FullName, "docker-compose.yml")) ? folder.FullName
        : folder.Parent is { } parent ? Find(parent)
        : throw new InvalidOperationException("The repository is not around the tests.");
}
