package carillon.server.schedule;

import carillon.server.lifecycle.Service;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.jdbcjobstore.StdJDBCDelegate;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.spi.JobFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs coarse jobs on Quartz with its JDBC store; on PostgreSQL the nodes of a cluster share them. */
public final class Clockwork implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);
    /** The same on every node: it names the rows in the scheduler's tables. */
    private static final String NAME = "carillon";

    private static final String GROUP = "coarse";
    private static final int THREADS = 2;

    private final DataSource tables;
    private final boolean postgres;
    private final Map<String, CoarseJob> jobs;
    // set by start, used by stop
    private @Nullable Scheduler scheduler;

    public Clockwork(DataSource tables, boolean postgres, List<CoarseJob> jobs) {
        this.tables = tables;
        this.postgres = postgres;
        this.jobs = jobs.stream().collect(Collectors.toUnmodifiableMap(CoarseJob::name, Function.identity()));
    }

    @Override
    public String name() {
        return "clockwork";
    }

    @Override
    public synchronized void start() throws SchedulerException {
        Scheduler made = scheduler();
        scheduler = made;
        made.setJobFactory(new ByHand());
        for (JobKey stored : made.getJobKeys(GroupMatcher.jobGroupEquals(GROUP))) {
            if (!jobs.containsKey(stored.getName())) {
                made.deleteJob(stored);
            }
        }
        for (CoarseJob job : jobs.values()) {
            made.scheduleJob(detail(job), Set.of(trigger(job)), true);
        }
        made.start();
    }

    /** Waits for the jobs under way, which are short. */
    @Override
    public synchronized void stop() throws SchedulerException {
        Scheduler running = scheduler;
        if (running != null) {
            scheduler = null;
            running.shutdown(true);
        }
    }

    private Scheduler scheduler() throws SchedulerException {
        String dataSource = NAME + "-" + UUID.randomUUID();
        DBConnectionManager.getInstance().addConnectionProvider(dataSource, new Tables(tables));
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", NAME);
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(THREADS));
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", "clockwork");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass",
                (postgres ? PostgreSQLDelegate.class : StdJDBCDelegate.class).getName());
        properties.setProperty("org.quartz.jobStore.dataSource", dataSource);
        properties.setProperty("org.quartz.jobStore.useProperties", "true");
        properties.setProperty("org.quartz.jobStore.isClustered", Boolean.toString(postgres));
        properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "10000");
        // two servers of one process (tests, the demo beside another) must not be given each other's scheduler
        synchronized (SchedulerRepository.getInstance()) {
            Scheduler made = new StdSchedulerFactory(properties).getScheduler();
            SchedulerRepository.getInstance().remove(NAME);
            return made;
        }
    }

    private static JobDetail detail(CoarseJob job) {
        return JobBuilder.newJob(Tick.class).withIdentity(job.name(), GROUP).build();
    }

    private static Trigger trigger(CoarseJob job) {
        return TriggerBuilder.newTrigger()
                .withIdentity(job.name(), GROUP)
                .startNow()
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(job.every().toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
    }

    /** Gives a fired job its work; nothing is injected. */
    private final class ByHand implements JobFactory {
        @Override
        public Job newJob(org.quartz.spi.TriggerFiredBundle bundle, Scheduler owner) throws SchedulerException {
            String name = bundle.getJobDetail().getKey().getName();
            CoarseJob job = jobs.get(name);
            if (job == null) {
                throw new SchedulerException("there is no job named " + name);
            }
            return new Tick(job);
        }
    }

    /** One run of a job; the edge where its failure is told. */
    @DisallowConcurrentExecution
    private static final class Tick implements Job {
        private final CoarseJob job;

        Tick(CoarseJob job) {
            this.job = job;
        }

        @Override
        public void execute(JobExecutionContext context) {
            try {
                job.work().run();
            } catch (RuntimeException failed) {
                LOG.error(
                        "{} failed and is tried again in {} s",
                        job.name(),
                        job.every().toSeconds(),
                        failed);
            }
        }
    }

    /** Quartz asks for connections here. */
    private record Tables(DataSource source) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return source.getConnection();
        }

        @Override
        public void shutdown() {
            // the database closes its pool itself
        }

        @Override
        public void initialize() {
            // nothing to do
        }
    }
}
