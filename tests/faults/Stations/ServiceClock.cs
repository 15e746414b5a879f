using System.Globalization;

namespace Sigma.Faults.Stations;

/// <summary>
/// The clock of one process, set without touching the machine's: libfaketime reads it from a file. The timer that only counts what has passed stays
/// right.
/// </summary>
internal sealed class ServiceClock
{
    static readonly string? Library =
        ((string[])["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib"])
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    readonly string _file;

    public ServiceClock(string folder, string service)
    {
        _file = Path.Combine(folder, $"{service}.clock");
        Set(TimeSpan.Zero);
    }

    /// <summary>Whether clocks can be set here (Debian's libfaketime).</summary>
    public static bool CanBeSet => Library is not null;

    /// <summary>What the process must have in its environment.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment => Library is null ? [] : new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library, ["FAKETIME_TIMESTAMP_FILE"] = _file, ["FAKETIME_CACHE_DURATION"] = "1",
        // with the fix, .NET's timers spin
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1", ["DONT_FAKE_MONOTONIC"] = "1", ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };

    /// <summary>Sets it so far from the machine's, within a second.</summary>
    public void Set(TimeSpan ahead)
    {
        File.WriteAllText(_file + ".new", string.Create(CultureInfo.InvariantCulture, $"{(ahead < TimeSpan.Zero ? "" : "+")}{ahead.TotalSeconds:0}"));
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
