namespace Sigma.Simulator.Segware;

/// <summary>A monitored customer. (CompanyId, AccountCode) is the business key, Id the technical one.</summary>
public sealed record Account(long Id, string AccountCode, long CompanyId, long? ClientGroupId, string TradeName);

/// <summary>A group of customers.</summary>
public sealed record ClientGroup(long Id, string Name);

/// <summary>A monitoring company.</summary>
public sealed record Company(long Id, string TradeName);
