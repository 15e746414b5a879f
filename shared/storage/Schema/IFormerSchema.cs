using System.Data.Common;

namespace Sigma.Storage.Schema;

/// <summary>What installations have that are older than the migrations of Entity Framework.</summary>
public interface IFormerSchema
{
    /// <summary>
    /// Brings such an installation to where the first migrations start, and says whether it is one. Once <paramref name="hasHistory"/>, tables of the
    /// former tracker's names may be ours.
    /// </summary>
    Task<bool> BringUpToDate(DbConnection connection, bool hasHistory, CancellationToken ct);
}
