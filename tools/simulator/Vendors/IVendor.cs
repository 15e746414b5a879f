namespace Sigma.Simulator.Vendors;

/// <summary>A vendor that is sent to, as its endpoints, the control endpoints and the page see it.</summary>
internal interface IVendor
{
    Inbox Inbox { get; }

    Refusals Refusals { get; }

    /// <summary>What it knows besides, for the control endpoints; null for nothing.</summary>
    object? State { get; }

    /// <summary>Forgets what it was told and sent.</summary>
    void Clear();
}
