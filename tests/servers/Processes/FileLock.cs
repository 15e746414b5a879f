namespace Sigma.TestServers.Processes;

/// <summary>A file held open by one process; the system lets go of it when that process dies, however it dies.</summary>
internal static class FileLock
{
    public static FileStream? TryTake(string path, FileOptions options = FileOptions.None)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, options);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
