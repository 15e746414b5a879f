using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sigma.Storage.Schema;

/// <summary>The session has begun a transaction: a second one would commit it on MySQL, so none begins.</summary>
internal sealed class OneTransaction : DbTransactionInterceptor
{
    public static readonly OneTransaction Instance = new();

    const string Refusal = "The session's transaction is the only one: commit the session instead.";

    public override InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData,
        InterceptionResult<DbTransaction> result) =>
        throw new InvalidOperationException(Refusal);

    public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(DbConnection connection,
        TransactionStartingEventData eventData,
        InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) => throw new InvalidOperationException(Refusal);
}
