using Sigma.Hosting;

namespace Sigma.Archive.Files;

/// <summary>
/// Only one process writes into a folder. The lock is the system's, on a file in it, and ends with the process however that ends; another archive
/// stands by until then.
/// </summary>
internal sealed class FolderLock(ArchiveFolder folder) : IStartCondition, IDisposable
{
    FileStream? _lock;

    public string Name => "folder";

    public string? Missing()
    {
        if (_lock is not null)
            return null;
        try
        {
            Directory.CreateDirectory(folder.Path);
            _lock = new FileStream(Path.Combine(folder.Path, "archive.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is IOException and not (DirectoryNotFoundException or PathTooLongException) && Directory.Exists(folder.Path)
                ? $"another archive has {folder.Path}"
                : $"{folder.Path} cannot be used: {e.Message}";
        }
    }

    public void Dispose() => _lock?.Dispose();
}
