# Contributors' tasks. Users need only ./stapscope.
export JAVA_HOME ?= $(shell ./stapscope jdk 2>/dev/null)

NATIVE = --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Djna.nosys=true \
	-Djava.util.logging.manager=org.jboss.logmanager.LogManager

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

check: ## The whole suite, as continuous integration runs it
	./stapscope test

unit: ## Tests that need no database, kernel, server or browser
	./stapscope test --unit

kernel-test: ## Live-kernel tests (root)
	mvn -B -q -Dquarkus.quinoa.enabled=false -Dtest='*KernelTest' test

format: ## Format Java and the front end
	mvn -B -q spotless:apply
	cd src/main/webui && npm run --silent format

golden: ## Refresh the golden files; then read the difference like code
	mvn -B -q -Dquarkus.quinoa.enabled=false -Dgolden.update=true -Dtest='*Golden*' test

fuzz: ## Mutated scripts through the whole compiler: make fuzz COUNT=200000 SEED=1
	mvn -B -q -Dquarkus.quinoa.enabled=false test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz.classpath
	$(JAVA_HOME)/bin/java -cp target/test-classes:target/classes:$$(cat target/fuzz.classpath) \
		io.stapscope.compiler.ScriptFuzz $(or $(COUNT),20000) $(or $(SEED),1)

sites: ## Which share of functions is probed cheaply: make sites FILES="/usr/bin/bash /lib/x86_64-linux-gnu/libc.so.6"
	mvn -B -q -Dquarkus.quinoa.enabled=false test-compile dependency:build-classpath -Dmdep.outputFile=target/sites.classpath
	$(JAVA_HOME)/bin/java $(NATIVE) -cp target/test-classes:target/classes:$$(cat target/sites.classpath) \
		io.stapscope.kernel.inspect.SiteSurvey $(FILES)

fuzz-readers: ## Damaged programs through all readers: make fuzz-readers COUNT=1000000 SEED=1
	mvn -B -q -Dquarkus.quinoa.enabled=false test-compile
	$(JAVA_HOME)/bin/java -Xmx1g -XX:+UseSerialGC -cp target/test-classes:target/classes \
		io.stapscope.debuginfo.ReaderFuzz $(or $(COUNT),20000) $(or $(SEED),1) $(or $(FIRST),0)

seeds: ## Make the programs anew that fuzz-readers damages (needs go, rustc, dwz, cc -m32)
	mvn -B -q -Dquarkus.quinoa.enabled=false test-compile
	src/test/native/seeds.sh $(JAVA_HOME)/bin/java -cp target/test-classes:target/classes io.stapscope.debuginfo.SmallElf

random-scripts: ## Random scripts on the live kernel: make random-scripts COUNT=10000 SEED=1 (root)
	mvn -B -q -Dquarkus.quinoa.enabled=false -Dtest='RandomScriptsKernelTest' \
		-Drandom.scripts=$(or $(COUNT),10000) -Drandom.runs=300 -Drandom.seed=$(or $(SEED),1) test

history-bench: ## Load a month of a thousand series, measure questions and sizes: make history-bench SERIES=1000 DAYS=30
	mvn -B -q -Dquarkus.quinoa.enabled=false -Dtest=HistoryBench -Dtest.compilers=4 -Dbench.series=$(or $(SERIES),1000) \
		-Dbench.days=$(or $(DAYS),30) -Dbench.whole=$(or $(WHOLE),100) test

faults: ## The store under faults, and calls while the reader stands still: make faults KILLS=200 CUTS=500 FROZEN=3000000 (root)
	mvn -B -q -Dquarkus.quinoa.enabled=false -Dtest='FaultsDatabaseTest,FullDiskKernelTest,FrozenReaderKernelTest' \
		-Dfaults.kills=$(or $(KILLS),200) -Dfaults.cuts=$(or $(CUTS),500) -Dfaults.frozen=$(or $(FROZEN),3000000) \
		-Dsurefire.failIfNoSpecifiedTests=false test

faults-live: ## Cut, held, slow and sleeping connections of a live page: make faults-live CYCLES=50 SEED=1 (root)
	./stapscope build
	mvn -B -q -Dquarkus.quinoa.enabled=false -Dtest=FaultsBrowserTest test -Dstapscope.faults=$(or $(CYCLES),50) \
		-Dstapscope.faults.seconds=$(or $(SECONDS),60) -Dstapscope.faults.seed=$(or $(SEED),1)

ingest-bench: ## Window rows a second into PostgreSQL, fsync on: make ingest-bench ROWS=400000
	mvn -B -q -Dquarkus.quinoa.enabled=false test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath
	$(JAVA_HOME)/bin/java -Xmx1g -cp target/test-classes:target/classes:$$(cat target/bench.classpath) \
		io.stapscope.history.IngestBench $(or $(ROWS),400000) 4

printed-bench: ## Printed events a second into history, and those that are lost (root): make printed-bench EVENTS=4000000 LINES=long
	mvn -B -q -Dquarkus.quinoa.enabled=false test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath
	$(JAVA_HOME)/bin/java $(NATIVE) -cp target/test-classes:target/classes:$$(cat target/bench.classpath) \
		io.stapscope.capture.PrintedBench $(or $(EVENTS),4000000) $(or $(WARMUP),1000000) $(or $(LINES),short)

soak: ## Two captures for eight hours, windows ten times as often (root): make soak MINUTES=480
	mvn -B -q -Dquarkus.quinoa.enabled=false test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath
	$(JAVA_HOME)/bin/java $(NATIVE) -XX:+UseSerialGC -Xmx256m \
		-cp target/test-classes:target/classes:$$(cat target/bench.classpath) io.stapscope.capture.Soak $(or $(MINUTES),480)

soak-probes: ## Probes on all functions of a program and of its C library: make soak-probes MINUTES=5 (root)
	mvn -B -q -Dquarkus.quinoa.enabled=false -Dtest='ProbeSoakKernelTest,CodeExactnessKernelTest' \
		-Dsoak.minutes=$(or $(MINUTES),5) -Dexactness.calls=1000000 test

bench: ## Against bpftrace, interleaved (root; takes a quarter of an hour)
	bench/bench

bench-charts: ## How fast heat maps are drawn and what they keep, against the budgets (a quiet machine)
	./stapscope build
	mvn -B -q -Dquarkus.quinoa.enabled=false -Dtest=DrawingBrowserTest test -Dstapscope.drawing.frames=300 \
		-Dstapscope.drawing.rounds=6 -Dstapscope.drawing.budgets=true

bench-latency: ## From a system call to the frame that shows it, p99 against 400 ms (root, a quiet machine)
	./stapscope build
	mvn -B -q -Dquarkus.quinoa.enabled=false -Dtest=EventToPixelBrowserTest test -Dstapscope.latency.calls=2000 \
		-Dstapscope.latency.limit=400

bench-memory: ## What a page keeps on a long run, its windows ten times as fast: make bench-memory MINUTES=30 KEYS=new (root)
	./stapscope build
	mvn -B -q -Dquarkus.quinoa.enabled=false -Dtest=PageMemoryBench test -Dstapscope.memory.minutes=$(or $(MINUTES),30) \
		-Dstapscope.memory.keys=$(or $(KEYS),same)

replays: ## Record the bundled captures anew from runs on this machine (root; a minute and a half)
	./stapscope build
	mvn -B -q -Dquarkus.quinoa.enabled=false -Dtest=RecordReplays test

.PHONY: help check unit kernel-test format golden fuzz fuzz-readers seeds random-scripts history-bench faults faults-live ingest-bench printed-bench soak soak-probes bench bench-charts bench-latency bench-memory replays
