namespace Sigma.UnitTests.Docs;

/// <summary>The repository's files, by their paths from its root.</summary>
internal static class RepositoryFiles
{
    static readonly string[] Built = ["bin", "obj", "data", "artifacts", "TestResults"];
    static readonly string[] Texts = [".cs", ".csproj", ".props", ".yml", ".yaml", ".json", ".html", ".md", ".sql", ".example", ".demo", ""];
    static readonly string Root = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string FullPath(string path) => Path.GetFullPath(Path.Combine(Root, path));

    /// <summary>The path that a link in a file of <paramref name="folder"/> means.</summary>
    public static string Combine(string folder, string path) =>
        Path.GetRelativePath(Root, FullPath(Path.Combine(folder, path))).Replace('\\', '/');

    public static IReadOnlyList<string> Pages =>
        [.. Below("docs").Where(path => path.EndsWith(".md", StringComparison.Ordinal)).Append("README.md").Order()];

    /// <summary>Sources, settings, scripts and pages.</summary>
    public static IEnumerable<string> All => Below("").Where(path => Texts.Contains(Path.GetExtension(path)));

    static IEnumerable<string> Below(string folder)
    {
        var below = new DirectoryInfo(FullPath(folder));
        var files = below.EnumerateFiles().Select(file => Combine(folder, file.Name));
        var folders = below.EnumerateDirectories().Where(inner => inner.Name[0] != '.' && !Built.Contains(inner.Name));
        return files.Concat(folders.SelectMany(inner => Below(Path.Combine(folder, inner.Name))));
    }

    static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "docker-compose.yml")) ? folder.FullName
        : folder.Parent is { } parent ? Find(parent)
        : throw new InvalidOperationException("The repository is not around the tests.");
}
