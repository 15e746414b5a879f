namespace Sigma.IntegrationTests.Faults;

/// <summary>Where a fault is injected.</summary>
internal enum FaultLayer
{
    Storage,
    Bus,
    Http,
}

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>It fails before anything was done.</summary>
    Before,

    /// <summary>It is done, and whoever asked for it hears of a failure.</summary>
    After,

    /// <summary>The database says that two transactions met.</summary>
    Conflict,

    /// <summary>It is done, tens of milliseconds late.</summary>
    Slow,

    /// <summary>The API answers 503 and does nothing.</summary>
    Unavailable,

    /// <summary>The answer breaks off in the middle.</summary>
    CutShort,
}
