using System.Globalization;
using Microsoft.Extensions.Options;

namespace Sigma.Archive.Files;

/// <summary>The folder of the archive, and the names of the files in it: kind and day, as <c>notable-20261120.db</c>.</summary>
internal sealed class ArchiveFolder(IOptions<ArchiveOptions> options)
{
    const string Days = "yyyyMMdd", Extension = ".db";

    public string Path { get; } = System.IO.Path.GetFullPath(options.Value.Folder);

    /// <summary>A file that is not of one day.</summary>
    public string FileOf(string kind) => System.IO.Path.Combine(Path, kind + Extension);

    public string FileOf(string kind, DateOnly day) =>
        System.IO.Path.Combine(Path, $"{kind}-{day.ToString(Days, CultureInfo.InvariantCulture)}{Extension}");

    /// <summary>The days of which there is a file of this kind, the newest first.</summary>
    public IReadOnlyList<DateOnly> DaysOf(string kind) =>
        Directory.Exists(Path)
            ? [.. Directory.EnumerateFiles(Path, $"{kind}-*{Extension}").Select(DayOf).OfType<DateOnly>().OrderDescending()]
            : [];

    /// <summary>Bytes on the disk of the files of this kind, with what SQLite keeps beside them.</summary>
    public long BytesOf(string kind)
    {
        var bytes = 0L;
        foreach (var file in new DirectoryInfo(Path).EnumerateFiles($"{kind}*"))
            bytes += file.Exists ? file.Length : 0; // it may have gone meanwhile
        return bytes;
    }

    /// <summary>Bytes that are free on its disk; null where the system does not say.</summary>
    public long? FreeBytes()
    {
        try
        {
            return new DriveInfo(Path).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Damaged files of this kind that were put aside, without what lies beside them.</summary>
    public IReadOnlyList<string> AsideOf(string kind) =>
        Directory.Exists(Path)
            ? [.. Directory.EnumerateFiles(Path, $"{kind}-*{Extension}{SqliteFile.Aside}*").Where(file => System.IO.Path.GetExtension(file)
                is var end && end.StartsWith(SqliteFile.Aside, StringComparison.Ordinal) && !end.EndsWith("-wal", StringComparison.Ordinal)
                && !end.EndsWith("-shm", StringComparison.Ordinal))]
            : [];

    /// <summary>Deletes those put aside whose day is before another.</summary>
    public void DropAsideBefore(string kind, DateOnly day)
    {
        foreach (var file in AsideOf(kind))
            if (DayOf(file[..file.LastIndexOf(SqliteFile.Aside, StringComparison.Ordinal)]) is { } of && of < day)
            {
                SqliteFile.Delete(file);
                File.Delete(file + SqliteFile.ReasonOfAside);
            }
    }

    static DateOnly? DayOf(string file) =>
        DateOnly.TryParseExact(System.IO.Path.GetFileNameWithoutExtension(file).Split('-')[^1], Days, CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day) ? day : null;
}
