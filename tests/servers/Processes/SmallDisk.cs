using System.Diagnostics;
using System.Globalization;

namespace Sigma.TestServers.Processes;

/// <summary>
/// A folder on a disk of a process's own, which is small, and gone when the process ends: memory that is mounted where only that process sees it.
/// </summary>
public sealed class SmallDisk
{
    static readonly string? Unshare = CommandLine.Find("unshare");

    // Root of the machine may mount, root of a container often not; everybody may as root of a name space of their own, where that is allowed.
    static readonly Lazy<string?> Way = new(() => ((string[])["-m", "-rm"]).FirstOrDefault(CanMount));

    readonly string _folder;
    readonly long _bytes;

    /// <param name="folder">The folder, which is there.</param>
    /// <param name="bytes">How much it holds.</param>
    public SmallDisk(string folder, long bytes) => (_folder, _bytes) = (folder, bytes);

    /// <summary>Why there can be none on this machine; null when there can.</summary>
    public static string? Missing => Way.Value is not null ? null
        : "needs a process that may mount a disk of its own (Linux, unshare, and root or user name spaces)";

    /// <summary>What the process is started within.</summary>
    public IReadOnlyList<string> Within => [Unshare!, Way.Value!, "/bin/sh", "-c",
        """mount -t tmpfs -o size=$0 tmpfs "$1" && shift && exec "$@" """, _bytes.ToString(CultureInfo.InvariantCulture), _folder];

    /// <summary>Takes all of its room but so much.</summary>
    public void Fill(Process process, long left)
    {
        using var filler = new FileStream(Filler(process), FileMode.Create, FileAccess.Write);
        var free = new DriveInfo(Seen(process)).AvailableFreeSpace;
        var block = new byte[64 * 1024];
        for (var written = 0L; written < free - left; written += block.Length)
            filler.Write(block, 0, (int)Math.Min(block.Length, free - left - written));
    }

    /// <summary>Gives the room back.</summary>
    public void Empty(Process process) => File.Delete(Filler(process));

    /// <summary>Where the folder is for others.</summary>
    public string Seen(Process process) => string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/root{_folder}");

    string Filler(Process process) => Path.Combine(Seen(process), "filler");

    static bool CanMount(string way)
    {
        if (Unshare is null)
            return false;
        using var process = Process.Start(new ProcessStartInfo(Unshare, [way, "/bin/sh", "-c", "mount -t tmpfs tmpfs /mnt"])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        });
        process?.WaitForExit();
        return process?.ExitCode == 0;
    }
}
