namespace Sigma.Tests;

/// <summary>Bodies as vendors and clients send them, in <c>tests/payloads</c>; the README there says what each must yield.</summary>
internal static class Payload
{
    static readonly string Folder = Find();

    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Folder, path));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Paths of all bodies in a folder.</summary>
    public static IEnumerable<string> In(string folder) =>
        Directory.GetFiles(Path.Combine(Folder, folder)).Select(file => $"{folder}/{Path.GetFileName(file)}");

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "tests", "payloads") is var found && Directory.Exists(found))
                return found;
        throw new DirectoryNotFoundException("There is no tests/payloads above the tests.");
    }
}
